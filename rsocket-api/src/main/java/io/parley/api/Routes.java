package io.parley.api;

/** Where each thing is, on HTTP and on RSocket. */
public final class Routes {
    /** HTTP: POST a {@link PostMessage}, GET a {@link MessagePage}. */
    public static final String LOBBY_MESSAGES = "/api/v1/lobby/messages";

    /** HTTP: GET one {@link MessageView}. */
    public static final String LOBBY_MESSAGE = LOBBY_MESSAGES + "/{id}";

    /** HTTP: GET {@link ServerFrame.Change} frames as they happen, as server-sent events named {@code change}. */
    public static final String LOBBY_LIVE = "/api/v1/lobby/live";

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

    /** HTTP: GET a {@link UserView} by the exact handle, however it is written. */
    public static final String USER_BY_HANDLE = "/api/v1/users/by-handle/{handle}";

    /** HTTP: GET a {@link UserView}. */
    public static final String USER = "/api/v1/users/{id}";

    /** WebSocket: {@link ClientFrame}s in, {@link ServerFrame}s out. */
    public static final String LIVE_SOCKET = "/api/v1/live";

    /** WebSocket: RSocket over the HTTP port. */
    public static final String RSOCKET = "/rsocket";

    /** RSocket request-response: {@link PostMessage} to {@link MessageView}. */
    public static final String MESSAGES_POST = "lobby.messages.post";

    /** RSocket request-stream: {@link HistoryRequest} to {@link MessageView}s, newest first. */
    public static final String MESSAGES_HISTORY = "lobby.messages.history";

    /** RSocket request-stream: nothing to {@link ServerFrame.Change} frames as they happen. */
    public static final String MESSAGES_LIVE = "lobby.messages.live";

    /** RSocket request-response: nothing to the {@link UserView} of whoever is asking. */
    public static final String USERS_ME = "users.me";

    private Routes() {}
}
