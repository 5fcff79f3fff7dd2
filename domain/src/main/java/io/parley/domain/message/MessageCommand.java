package io.parley.domain.message;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.user.UserId;
import java.time.Instant;

/** What somebody wants done to the messages of a conversation. */
public sealed interface MessageCommand {
    ConversationId conversation();

    UserId actor();

    /** By the clock of the node, in microseconds: what is answered now must equal what is read later. */
    Instant at();

    /** Says something; {@code id} becomes its id, unless the client message id was used before. */
    record Send(
            ConversationId conversation,
            UserId actor,
            MessageId id,
            ClientMessageId clientMessageId,
            MessageBody body,
            Instant at)
            implements MessageCommand {}

    /** Says it otherwise; only who sent it may. */
    record Edit(ConversationId conversation, UserId actor, MessageId id, MessageBody body, Instant at)
            implements MessageCommand {}

    /** Unsays it; who sent it may, and owners and admins. */
    record Delete(ConversationId conversation, UserId actor, MessageId id, Instant at) implements MessageCommand {}
}
