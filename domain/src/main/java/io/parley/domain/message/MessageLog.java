package io.parley.domain.message;

import io.parley.domain.conversation.ConversationId;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Appends to the logs of conversations, a batch at a time. */
public interface MessageLog {

    /**
     * Value: what became of each command, in their order, after the commit. One round trip, one transaction: the logs of
     * all conversations concerned are locked in the order of their ids, and only then, by a fresh snapshot, it is decided
     * who is a member, what is a repeat, and what takes the next offset and seq. Offsets and seqs have no holes.
     *
     * <p>Send: a client message id that the sender used before in the conversation yields the first message, also after
     * its deletion and also within the batch; with another text {@code Conflict} MESSAGE_ID_REUSED. It moves the sender's
     * read position to the message. Edit: {@code NotFound} MESSAGE_UNKNOWN, {@code Forbidden} MESSAGE_NOT_YOURS,
     * {@code Conflict} MESSAGE_DELETED; the same text changes nothing. Delete: {@code Forbidden} MESSAGE_NOT_YOURS; of what
     * is deleted already, it changes nothing. All: {@code NotFound} CONVERSATION_UNKNOWN if the actor is not a member.
     *
     * <p>Errors: {@code BatchRefused} if the store takes nothing of the batch because of one of its items, so that it
     * should be tried in parts; as {@code ConversationsLocked} if that is because somebody else has locked one of its
     * conversations for longer than the store waits; {@code Unavailable} if it is unknown whether the batch was stored:
     * appending the same batch again tells.
     */
    Mono<List<MessageOutcome>> append(List<MessageCommand> batch);

    /** The store has rolled the batch back. */
    sealed class BatchRefused extends RuntimeException permits ConversationsLocked {
        public BatchRefused(Throwable cause) {
            super(cause);
        }
    }

    /** The same, and the rest of the batch may be tried at once. */
    final class ConversationsLocked extends BatchRefused {
        private final Set<ConversationId> locked;

        /** @param locked some or all of them; none if it is not known which they are */
        public ConversationsLocked(Set<ConversationId> locked, Throwable cause) {
            super(cause);
            this.locked = Set.copyOf(locked);
        }

        /** Whether this conversation may be one of them. */
        public boolean concerns(ConversationId conversation) {
            return locked.isEmpty() || locked.contains(conversation);
        }
    }
}
