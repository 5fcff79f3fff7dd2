package io.parley.domain.message;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.LogEntry;
import io.parley.domain.user.UserId;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * How far each member has read a conversation, and how far it has reached one of the member's devices. Positions only rise,
 * never beyond the head, and only by their owner while that one is a member: decided in each statement. Errors of all:
 * {@code NotFound} CONVERSATION_UNKNOWN to who is not a member now, {@code Unavailable}.
 */
public interface ReadPositions {
    /**
     * Value: where the member stands after reading up to {@code seq}, which includes having received it. Reading further, or
     * up to the head, takes away what the member has marked as unread.
     */
    Mono<Moved> read(UserId member, ConversationId conversation, long seq);

    /** Value: where the member stands after one of the member's devices has received everything up to {@code seq}. */
    Mono<Moved> received(UserId member, ConversationId conversation, long seq);

    /**
     * Value: where each member stands, by the ids of users, if there are at most {@code most} of them; else where the
     * reader does.
     */
    Mono<List<Standing>> all(UserId reader, ConversationId conversation, int most);

    /** How far one member has come. */
    record Standing(UserId user, long readSeq, long deliveredSeq) {}

    /**
     * What a move led to.
     *
     * @param unread how many messages come after the read position
     * @param members how many are in the conversation
     * @param moved whether either position is other than before
     * @param entries what it appended to logs: that the member's own mark is gone
     */
    record Moved(Standing standing, long unread, int members, boolean moved, List<LogEntry> entries) {}
}
