package io.parley.domain.message;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.user.UserId;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * What has been said, for who may read it: membership and the first visible seq are decided in each statement. Errors of
 * all: {@code NotFound} CONVERSATION_UNKNOWN to who is not a member, {@code Unavailable}.
 */
public interface MessageHistory {

    /** Value: the messages of the page by rising seq, deleted ones as tombstones, each with its latest offset. */
    Mono<List<MessageChange>> page(UserId reader, ConversationId conversation, HistoryPage page);

    /** Value: one message. Errors also: {@code NotFound} MESSAGE_UNKNOWN. */
    Mono<MessageChange> find(UserId reader, ConversationId conversation, MessageId id);
}
