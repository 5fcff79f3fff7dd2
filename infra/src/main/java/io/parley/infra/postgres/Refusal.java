package io.parley.infra.postgres;

import io.parley.domain.error.ChatException;
import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Forbidden;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.NotFound;

/** The statuses with which the functions of the database refuse, in the words of the domain. */
final class Refusal {
    private Refusal() {}

    static ChatException of(String status) {
        return switch (status) {
            case "unknown_conversation" -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN);
            case "unknown_message" -> new NotFound(ErrorCode.MESSAGE_UNKNOWN);
            case "unknown_member" -> new NotFound(ErrorCode.MEMBER_UNKNOWN);
            case "unknown_user" -> new NotFound(ErrorCode.USER_UNKNOWN);
            case "forbidden" -> new Forbidden(ErrorCode.CONVERSATION_FORBIDDEN);
            case "not_yours" -> new Forbidden(ErrorCode.MESSAGE_NOT_YOURS);
            case "preferences" -> new InvalidInput(ErrorCode.PREFERENCES_INVALID);
            case "kind" -> new InvalidInput(ErrorCode.CONVERSATION_KIND);
            case "too_many_conversations" -> new Conflict(ErrorCode.CONVERSATIONS_TOO_MANY);
            case "last_owner" -> new Conflict(ErrorCode.CONVERSATION_LAST_OWNER);
            case "key_reused" -> new Conflict(ErrorCode.CONVERSATION_KEY_REUSED);
            case "deleted" -> new Conflict(ErrorCode.MESSAGE_DELETED);
            case "id_reused" -> new Conflict(ErrorCode.MESSAGE_ID_REUSED);
            default -> throw new IllegalStateException("no such status: " + status);
        };
    }
}
