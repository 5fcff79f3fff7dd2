package io.parley.app.gateway;

import io.parley.app.gateway.PacedPages.Page;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.HistoryPage.Anchor;
import io.parley.domain.message.HistorySlice;
import io.parley.domain.message.ReadHistory;
import io.parley.domain.user.UserId;
import java.util.List;
import reactor.core.publisher.Mono;

/** One reader's way through a part of the history, by rising seq, for {@link PacedPages}. */
final class HistoryWalk {
    private final ReadHistory history;
    private final UserId reader;
    private final ConversationId conversation;
    private final Part part;
    private long after;
    private long left;

    HistoryWalk(ReadHistory history, UserId reader, ConversationId conversation, Part part) {
        this.history = history;
        this.reader = reader;
        this.conversation = conversation;
        this.part = part;
        this.after = part.after();
        this.left = part.most();
    }

    /** Messages with {@code after < seq <= last}, at most so many. */
    record Part(long after, long last, long most) {

        /** So many up to that one. */
        static Part upTo(long last, int most) {
            return new Part(Math.max(last - most, 0), last, most);
        }

        /** Where the messages of this page lie. */
        static Part of(HistorySlice page) {
            int size = page.messages().size();
            return size == 0
                    ? upTo(0, 0)
                    : upTo(page.messages().get(size - 1).message().seq(), size);
        }
    }

    /** Value: the next messages, at most {@code limit}. */
    Mono<Page<MessageChange>> next(int limit) {
        if (after >= part.last()) {
            return Mono.just(new Page<>(List.of(), true));
        }
        HistoryPage page = HistoryPage.asked(Anchor.AFTER, after, (int) Math.min(limit, left));
        return history.read(reader, conversation, page).map(this::taken);
    }

    private Page<MessageChange> taken(HistorySlice slice) {
        List<MessageChange> messages = slice.messages().stream()
                .filter(it -> it.message().seq() <= part.last())
                .toList();
        left -= messages.size();
        if (!messages.isEmpty()) {
            after = messages.get(messages.size() - 1).message().seq();
        }
        boolean last =
                slice.after() == null || messages.size() < slice.messages().size();
        return new Page<>(messages, last || after == part.last() || left == 0);
    }
}
