package io.parley.api;

/**
 * Every reason that a server gives, with the name it has in {@link Problem#code()}. Names are stable across releases;
 * new ones are added, so treat an unknown one by the status of its problem.
 */
public enum ProblemCode {
    /** The request cannot be read: broken JSON, a missing field, a value of the wrong type. */
    REQUEST_MALFORMED("request.malformed"),
    /** The request or frame is longer than the limit of its transport. */
    REQUEST_TOO_LARGE("request.too-large"),
    /** The route exists, but not for this method, media type or interaction. */
    REQUEST_UNSUPPORTED("request.unsupported"),
    /** There is no such route. */
    ROUTE_UNKNOWN("route.unknown"),
    /** A page is asked for with a limit or an anchor out of range. */
    PAGE_INVALID("page.invalid"),
    /** The message says nothing once white space is stripped. */
    MESSAGE_EMPTY("message.empty"),
    /** The message is longer than its limit. */
    MESSAGE_TOO_LONG("message.too-long"),
    /** The message holds a control character, half of a surrogate pair or a noncharacter. */
    MESSAGE_CHARACTER("message.character"),
    /** There is no such message. */
    MESSAGE_UNKNOWN("message.unknown"),
    /** There is no such conversation for whoever asks. */
    CONVERSATION_UNKNOWN("conversation.unknown"),
    /** This kind of conversation knows no such thing. */
    CONVERSATION_KIND("conversation.kind"),
    /** The role in the conversation does not allow it. */
    CONVERSATION_FORBIDDEN("conversation.forbidden"),
    /** The idempotency key was used before, for another conversation. */
    CONVERSATION_KEY_REUSED("conversation.key-reused"),
    /** That user is not in the conversation. */
    MEMBER_UNKNOWN("member.unknown"),
    /** More members are named than one request may add. */
    MEMBERS_TOO_MANY("members.too-many"),
    /** Somebody is in as many conversations as anybody may be in; waiting does not help, leaving one does. */
    CONVERSATIONS_TOO_MANY("conversations.too-many"),
    /** Somebody must own the conversation as long as others are in it. */
    CONVERSATION_LAST_OWNER("conversation.last-owner"),
    /** The title is empty, too long, or holds a character that titles must not. */
    TITLE_INVALID("title.invalid"),
    /** Only who sent the message may do this to it. */
    MESSAGE_NOT_YOURS("message.not-yours"),
    /** The message was deleted. */
    MESSAGE_DELETED("message.deleted"),
    /** A live connection begins with hello, within five seconds. */
    LIVE_HELLO_REQUIRED("live.hello-required"),
    /** The connection has said hello already. */
    LIVE_HELLO_REPEATED("live.hello-repeated"),
    /** The client allows more frames, and has never said that it limits them. */
    LIVE_CREDIT_UNSTATED("live.credit-unstated"),
    /** More users are to be watched than one connection may watch. */
    LIVE_WATCH_TOO_MANY("live.watch-too-many"),
    /** The user has as many live connections, or follows as many logs, as one may on one node. */
    LIVE_TOO_MANY("live.too-many"),
    /** The keep-alive interval or lifetime of an RSocket setup is out of range. */
    SETUP_KEEP_ALIVE("setup.keep-alive"),
    /** More clients connect than the node serves at once. */
    NODE_BUSY("node.busy"),
    /** More is waiting to be stored than the server takes on. */
    STORE_BUSY("store.busy"),
    /** The client message id was used before, with another text. */
    MESSAGE_ID_REUSED("message.id-reused"),
    /** The file's type is not on the list of allowed ones. */
    FILE_TYPE("file.type"),
    /** The file is empty or larger than its limit. */
    FILE_SIZE("file.size"),
    /** There is no such file, or it has not been uploaded yet. */
    FILE_UNKNOWN("file.unknown"),
    /** The handle has a character, a length or a beginning that handles do not have. */
    HANDLE_INVALID("handle.invalid"),
    /** The handle is set aside for operators or the protocol. */
    HANDLE_RESERVED("handle.reserved"),
    /** The handle belongs to somebody, or did. */
    HANDLE_TAKEN("handle.taken"),
    /** The display name is empty, too long, or holds a character that would break its line. */
    DISPLAY_NAME_INVALID("display-name.invalid"),
    /** The password is too short or too long. */
    PASSWORD_LENGTH("password.length"),
    /** A preference has a name or text that preferences do not have, or there are too many of them. */
    PREFERENCES_INVALID("preferences.invalid"),
    /** There is no such user. */
    USER_UNKNOWN("user.unknown"),
    /** Nobody is signed in, and this route is not for everybody. */
    AUTH_REQUIRED("auth.required"),
    /** The handle is unknown or the password is wrong; which of them is not told. */
    CREDENTIALS_WRONG("auth.credentials-wrong"),
    /** The token is not one of this server's. */
    TOKEN_INVALID("auth.token-invalid"),
    /** The access token is past its end: refresh it. */
    TOKEN_EXPIRED("auth.token-expired"),
    /** The session has ended, or its refresh token was used twice: sign in again. */
    SESSION_ENDED("auth.session-ended"),
    /** Too many people sign in or register at once. */
    AUTH_BUSY("auth.busy"),
    /** The page that sent the request does not belong to this server. */
    ORIGIN_FORBIDDEN("origin.forbidden"),
    /** Too many requests of this kind by one user or from one address. */
    RATE_EXCEEDED("rate.exceeded"),
    /** Too many requests and streams, or too many of this kind, are open on this connection. */
    STREAM_TOO_MANY("stream.too-many"),
    /** The message store does not answer. */
    STORE_UNAVAILABLE("store.unavailable"),
    /** The file store does not answer. */
    FILES_UNAVAILABLE("files.unavailable"),
    /** This node is stopping; another one takes over. */
    NODE_STOPPING("node.stopping"),
    /** A fault of the server; its log has the request id. */
    SERVER_FAILURE("server.failure");

    private final String wireName;

    ProblemCode(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
