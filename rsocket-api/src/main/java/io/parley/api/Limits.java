package io.parley.api;

/** What a server takes, on every transport. */
public final class Limits {
    /** Longest request body, frame or payload, in bytes; a longer WebSocket message is closed with 1009. */
    public static final int MAX_INBOUND_BYTES = 64 * 1024;

    /** Longest text of a message, in code points after stripping. */
    public static final int MAX_MESSAGE_LENGTH = 4_000;

    /** Most entries on one page of anything. */
    public static final int MAX_PAGE = 200;

    /** Entries on a page where no limit is asked for. */
    public static final int DEFAULT_PAGE = 50;

    /** Longest title of a conversation, in code points. */
    public static final int MAX_TITLE_LENGTH = 100;

    /** Most members that a conversation is opened with, besides its creator. */
    public static final int MAX_NEW_MEMBERS = 99;

    /** Most entries of a {@code resume} or {@code ready} frame. */
    public static final int MAX_LIST = 500;

    /** Who is further behind in a log than so many changes gets a {@code gap} instead of them. */
    public static final int RESUME_CHANGES = 1_000;

    /** Most live connections of one user on one node; as many logs may be followed beside them. */
    public static final int MAX_LIVE = 20;

    /** Most logs that are followed over one RSocket connection, beside its one live channel. */
    public static final int MAX_FOLLOWED = 4;

    /** Most users whose presence one connection watches. */
    public static final int MAX_WATCH = 200;

    /** Typing goes to others only in conversations of at most so many members. */
    public static final int MAX_TYPING_MEMBERS = 100;

    /** Receipts go to others only in conversations of at most so many members. */
    public static final int MAX_RECEIPT_MEMBERS = 100;

    /** Most preferences of a user. */
    public static final int MAX_PREFERENCES = 64;

    /** Longest text of a preference, in code points. */
    public static final int MAX_PREFERENCE_LENGTH = 1_000;

    /** Names and texts of all preferences of a user, in bytes of UTF-8. */
    public static final int MAX_PREFERENCES_BYTES = 16 * 1024;

    /** Largest file, in bytes. */
    public static final long MAX_FILE_BYTES = 10L * 1024 * 1024;

    /** Shortest handle. */
    public static final int MIN_HANDLE_LENGTH = 3;

    /** Longest handle. */
    public static final int MAX_HANDLE_LENGTH = 32;

    /** Longest display name, in code points. */
    public static final int MAX_DISPLAY_NAME_LENGTH = 64;

    /** Shortest password, in code points. */
    public static final int MIN_PASSWORD_LENGTH = 8;

    /** Longest password, in code points. */
    public static final int MAX_PASSWORD_LENGTH = 128;

    private Limits() {}
}
