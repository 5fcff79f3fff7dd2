package io.parley.domain.message;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Reads a page of a conversation's history, and tells whether there is more on either side: one statement. */
public final class ReadHistory {
    private final MessageHistory history;

    public ReadHistory(MessageHistory history) {
        this.history = history;
    }

    /** Value: the page, deleted messages as tombstones. Errors: those of {@link MessageHistory#page}. */
    public Mono<HistorySlice> read(UserId reader, ConversationId conversation, HistoryPage page) {
        return Mono.defer(() -> history.page(reader, conversation, page.wider()))
                .map(read -> HistorySlice.of(page, read))
                .checkpoint("ReadHistory");
    }
}
