package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * Writes conversations and who is in them. Each call is one transaction that locks the conversation's log, then the logs
 * of the users concerned in the order of their ids; decides by what it sees after that; and appends to the
 * conversation's log and, where memberships change, to the users' logs. Values come after the commit. A call that
 * changes nothing appends nothing, so each may be repeated. Errors of all: {@code NotFound} CONVERSATION_UNKNOWN to who is
 * not a member now, {@code Forbidden} CONVERSATION_FORBIDDEN where the role does not allow it, {@code Unavailable}. Of those
 * that make somebody a member: {@code Conflict} CONVERSATIONS_TOO_MANY if one of them is in 10,000 already, decided under the
 * same locks.
 */
public interface ConversationRepository {

    /** Opens the direct conversation of the two, or finds it. Errors also: {@code NotFound} USER_UNKNOWN, InvalidInput. */
    Mono<Written<ConversationId>> openDirect(UserId creator, UserId peer, Instant now);

    /**
     * Opens a group or channel; a repeated key yields the first one. Errors also: {@code NotFound} USER_UNKNOWN if a
     * member does not exist, {@code Conflict} CONVERSATION_KEY_REUSED if the key came with other words.
     */
    Mono<Written<ConversationId>> create(NewConversation conversation);

    /** By owners and admins. Errors also: {@code InvalidInput} CONVERSATION_KIND for direct ones. */
    Mono<Written<ConversationId>> rename(ConversationId id, UserId actor, Title title);

    /** Anybody joins a channel. Anything else is unknown to who is not in it. */
    Mono<Written<ConversationId>> join(ConversationId id, UserId user, Instant now);

    /**
     * Adds a member to a group or channel; who is in it already stays as is. By owners and admins. Errors also:
     * {@code NotFound} USER_UNKNOWN, {@code InvalidInput} CONVERSATION_KIND.
     */
    Mono<Written<ConversationId>> add(ConversationId id, UserId actor, UserId user, Instant now);

    /**
     * Removes a member, or the actor itself. Owners remove anybody, admins remove members. Errors also: {@code NotFound}
     * MEMBER_UNKNOWN, {@code Conflict} CONVERSATION_LAST_OWNER if others would be left without an owner, {@code InvalidInput}
     * CONVERSATION_KIND for direct ones.
     */
    Mono<Written<ConversationId>> remove(ConversationId id, UserId actor, UserId user, Instant now);

    /** By owners alone. Errors also: {@code NotFound} MEMBER_UNKNOWN, {@code Conflict} CONVERSATION_LAST_OWNER, {@code InvalidInput}. */
    Mono<Written<ConversationId>> setRole(ConversationId id, UserId actor, UserId user, Role role);
}
