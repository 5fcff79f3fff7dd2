package io.parley.api;

/** Where each thing is, on HTTP and on RSocket. */
public final class Routes {
    /** HTTP: GET a {@link ConversationList}, POST a {@link NewConversation} to get a {@link ConversationEntry}. */
    public static final String CONVERSATIONS = "/api/v1/conversations";

    /** HTTP: GET a {@link ConversationEntry}, PATCH a {@link RenameConversation} to get the same. */
    public static final String CONVERSATION = CONVERSATIONS + "/{id}";

    /** HTTP: GET a {@link ChannelList}: what anybody may join. */
    public static final String CHANNELS = "/api/v1/channels";

    /** HTTP: POST nothing to join a channel, get a {@link ConversationEntry}. */
    public static final String CONVERSATION_JOIN = CONVERSATION + "/join";

    /** HTTP: POST nothing to leave. */
    public static final String CONVERSATION_LEAVE = CONVERSATION + "/leave";

    /** HTTP: GET a {@link MemberList}, POST an {@link AddMember}. */
    public static final String MEMBERS = CONVERSATION + "/members";

    /** HTTP: PATCH a {@link ChangeRole}, DELETE to remove. */
    public static final String MEMBER = MEMBERS + "/{userId}";

    /** HTTP: GET a {@link MessagePage}, POST a {@link SendMessage} to get a {@link MessageView}. */
    public static final String MESSAGES = CONVERSATION + "/messages";

    /** HTTP: GET one {@link MessageView}, PATCH an {@link EditMessage}, DELETE. */
    public static final String MESSAGE = MESSAGES + "/{messageId}";

    /**
     * HTTP: GET a {@link ChangesPage}: everything that changed in the conversation since an offset; or {@link ServerFrame}s,
     * as server-sent events or lines of JSON, which may go on with what happens.
     */
    public static final String CHANGES = CONVERSATION + "/changes";

    /** HTTP: PUT a {@link MarkRead} to get a {@link ReadPositionView}. */
    public static final String READ = CONVERSATION + "/read";

    /** HTTP: PUT a {@link MarkReceived} to get a {@link ReadPositionView}. */
    public static final String RECEIVED = CONVERSATION + "/received";

    /** HTTP: GET a {@link ReceiptList}. */
    public static final String RECEIPTS = CONVERSATION + "/receipts";

    /** HTTP: PUT a {@link SaveDraft}, DELETE. */
    public static final String DRAFT = CONVERSATION + "/draft";

    /** HTTP: GET a {@link PersonalView}, PATCH a {@link ChangePersonal} to get the same. */
    public static final String PERSONAL = CONVERSATION + "/personal";

    /** HTTP: GET a {@link PresenceView}. */
    public static final String PRESENCE = "/api/v1/users/{id}/presence";

    /** HTTP: POST a {@link RequestUpload}, get an {@link UploadView}. */
    public static final String FILES = "/api/v1/files";

    /** HTTP: GET redirects (302) to a short-lived URL of the file. */
    public static final String FILE = FILES + "/{id}";

    /** HTTP: POST a {@link Register}, get a {@link SignedInView}. */
    public static final String REGISTER = "/api/v1/auth/register";

    /** HTTP: POST a {@link SignIn}, get a {@link SignedInView}. */
    public static final String SIGN_IN = "/api/v1/auth/sign-in";

    /** HTTP: POST a {@link Refresh}, get a {@link SignedInView}. */
    public static final String REFRESH = "/api/v1/auth/refresh";

    /** HTTP: POST nothing, get nothing; ends the session of the token. */
    public static final String SIGN_OUT = "/api/v1/auth/sign-out";

    /** HTTP: GET the keys that verify access tokens, as a JSON Web Key Set. */
    public static final String KEYS = "/.well-known/jwks.json";

    /** HTTP: GET the {@link UserView} of whoever is asking. */
    public static final String ME = "/api/v1/users/me";

    /** HTTP: GET one's preferences, texts by name; PATCH some of them, null to remove, to get all. */
    public static final String PREFERENCES = ME + "/preferences";

    /** HTTP: GET the same as of a conversation of one's own log: memberships, preferences, drafts, and more. */
    public static final String MY_CHANGES = ME + "/changes";

    /** HTTP: GET a {@link UserView} by the exact handle, however it is written. */
    public static final String USER_BY_HANDLE = "/api/v1/users/by-handle/{handle}";

    /** HTTP: GET a {@link UserView}. */
    public static final String USER = "/api/v1/users/{id}";

    /** HTTP: GET the OpenAPI document of everything over HTTP. */
    public static final String OPEN_API = "/api/v1/openapi.json";

    /** WebSocket: {@link ClientFrame}s in, {@link ServerFrame}s out. */
    public static final String LIVE_SOCKET = "/api/v1/live";

    /** WebSocket: RSocket over the HTTP port. */
    public static final String RSOCKET = "/rsocket";

    /** RSocket request-channel: {@link ClientFrame}s in, {@link ServerFrame}s out, as on the WebSocket. */
    public static final String LIVE = "live";

    /** RSocket request-response: {@link SendMessage} to {@link MessageView}. */
    public static final String MESSAGES_SEND = "messages.send";

    /** RSocket request-stream: {@link HistoryRequest} to {@link MessageView}s, by rising seq. */
    public static final String MESSAGES_HISTORY = "messages.history";

    /**
     * RSocket request-stream: {@link ChangesRequest} to {@link ServerFrame.Change}s of a log between a {@link
     * ServerFrame.CatchUp}, which is left out where there are none, and a {@link ServerFrame.CaughtUp}; or to a {@link
     * ServerFrame.Gap}. Followed by what happens then, if that is asked for.
     */
    public static final String LOGS_CHANGES = "logs.changes";

    /** RSocket fire-and-forget: {@link ClientFrame.Typing}. */
    public static final String TYPING = "typing";

    /** RSocket request-response: nothing to the {@link UserView} of whoever is asking. */
    public static final String USERS_ME = "users.me";

    private Routes() {}
}
