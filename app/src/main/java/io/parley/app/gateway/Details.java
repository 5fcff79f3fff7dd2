package io.parley.app.gateway;

import io.parley.api.Limits;
import io.parley.domain.auth.Password;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.file.FileDraft;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.MessageBody;
import io.parley.domain.personal.Preferences;
import io.parley.domain.personal.PreferencesPatch;
import io.parley.domain.user.DisplayName;
import io.parley.domain.user.Handle;

/** One sentence for the developer at the other end. */
final class Details {
    private Details() {}

    static String of(ErrorCode code) {
        return switch (code) {
            case REQUEST_MALFORMED -> "The request cannot be read: see the documentation for its fields.";
            case REQUEST_TOO_LARGE -> "The request is longer than " + Limits.MAX_INBOUND_BYTES + " bytes.";
            case REQUEST_UNSUPPORTED -> "The route does not answer to this method, media type or interaction.";
            case ROUTE_UNKNOWN -> "There is nothing here.";
            case PAGE_INVALID ->
                "before is at least 1, limit is from 1 to " + HistoryPage.MAX_LIMIT + "; a stream has none.";
            case MESSAGE_EMPTY -> "A message says something.";
            case MESSAGE_TOO_LONG -> "A message has at most " + MessageBody.MAX_LENGTH + " code points.";
            case MESSAGE_CHARACTER -> "A message has no control characters and no half surrogate pairs.";
            case MESSAGE_UNKNOWN -> "There is no such message.";
            case CONVERSATION_UNKNOWN -> "There is no such conversation, or you are not in it.";
            case CONVERSATION_KIND -> "Conversations of this kind do not allow that.";
            case CONVERSATION_FORBIDDEN -> "Your role in this conversation does not allow that.";
            case CONVERSATION_KEY_REUSED -> "This idempotencyKey belongs to a conversation with other properties.";
            case MEMBER_UNKNOWN -> "That user is not in this conversation.";
            case MEMBERS_TOO_MANY -> "A conversation begins with at most 99 other members.";
            case CONVERSATIONS_TOO_MANY -> "Nobody is in more than 10,000 conversations: leave one first.";
            case CONVERSATION_LAST_OWNER -> "You are its last owner: make somebody else an owner first.";
            case TITLE_INVALID -> "A title has 1 to 100 code points and no control characters.";
            case MESSAGE_NOT_YOURS -> "Only its sender may do this to a message.";
            case MESSAGE_DELETED -> "The message was deleted: it cannot be edited.";
            case LIVE_HELLO_REQUIRED -> "Begin with hello, then resume, within five seconds.";
            case LIVE_HELLO_REPEATED -> "This connection is ready: hello and resume come once.";
            case LIVE_CREDIT_UNSTATED -> "Credit is added to what hello stated: hello stated none.";
            case LIVE_WATCH_TOO_MANY -> "A connection watches at most " + Limits.MAX_WATCH + " users.";
            case LIVE_TOO_MANY ->
                "You have " + Limits.MAX_LIVE + " live connections, or followed logs, on this node: end some.";
            case NODE_BUSY -> "Too many connect at once: wait, then come back.";
            case SETUP_KEEP_ALIVE ->
                "The keep-alive interval is from 1 s to 5 min, the lifetime at least that and at most 10 min.";
            case STORE_BUSY -> "Too much is waiting to be stored: repeat the request.";
            case MESSAGE_ID_REUSED -> "This clientMessageId belongs to a message with another text.";
            case FILE_TYPE -> "The type must be one of " + FileDraft.TYPES + ".";
            case FILE_SIZE -> "A file has from 1 to " + FileDraft.MAX_SIZE + " bytes.";
            case FILE_UNKNOWN -> "There is no such file, or it has not been uploaded yet.";
            case HANDLE_INVALID ->
                "A handle has from " + Handle.MIN_LENGTH + " to " + Handle.MAX_LENGTH
                        + " of A-Z a-z 0-9 _ . - and begins with a letter.";
            case HANDLE_RESERVED -> "This handle is given to nobody: choose another one.";
            case HANDLE_TAKEN -> "This handle is taken: choose another one.";
            case DISPLAY_NAME_INVALID ->
                "A display name has from 1 to " + DisplayName.MAX_LENGTH
                        + " code points, no control characters and no overrides of the writing direction.";
            case PASSWORD_LENGTH ->
                "A password has from " + Password.MIN_LENGTH + " to " + Password.MAX_LENGTH + " code points.";
            case PREFERENCES_INVALID ->
                "At most " + Preferences.MAX_NAMES + " names of a-z 0-9 . _ - (1 to 64) with texts of at most "
                        + PreferencesPatch.MAX_LENGTH + " code points, " + Preferences.MAX_BYTES + " bytes in all.";
            case USER_UNKNOWN -> "There is no such user.";
            case AUTH_REQUIRED -> "Sign in first.";
            case CREDENTIALS_WRONG -> "The handle or the password is wrong.";
            case TOKEN_INVALID -> "This token is not one of this server's: sign in.";
            case TOKEN_EXPIRED -> "The access token has expired: refresh it.";
            case SESSION_ENDED -> "The session has ended: sign in again.";
            case AUTH_BUSY -> "Too many people sign in at once: wait for retryAfterMs.";
            case ORIGIN_FORBIDDEN -> "This origin may not call the server from a browser.";
            case RATE_EXCEEDED -> "Too many requests: wait for retryAfterMs.";
            case STREAM_TOO_MANY ->
                "Too many requests and streams, or too many of this kind, are open on this connection: end some.";
            case STORE_UNAVAILABLE -> "The message store does not answer: repeat the request.";
            case FILES_UNAVAILABLE -> "The file store does not answer: repeat the request.";
            case NODE_STOPPING -> "This node is stopping: connect again.";
            case SERVER_FAILURE -> "The server failed: tell its operator the requestId.";
        };
    }
}
