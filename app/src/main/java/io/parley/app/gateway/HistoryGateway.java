package io.parley.app.gateway;

import io.parley.api.HistoryRequest;
import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.app.gateway.HistoryWalk.Part;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.HistoryPage.Anchor;
import io.parley.domain.message.ReadHistory;
import io.parley.domain.user.UserId;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What has been said, as pages and as a stream. Needs a {@link RequestContext}; errors are the domain's. */
@Component
public final class HistoryGateway {
    private final ReadHistory history;
    private final Tenure tenure;

    HistoryGateway(ReadHistory history, Tenure tenure) {
        this.history = history;
        this.tenure = tenure;
    }

    /** Value: the page. */
    public Mono<MessagePage> page(HistoryRequest request) {
        return RequestContext.user()
                .flatMap(user -> history.read(user, conversation(request), asked(request)))
                .map(slice -> new MessagePage(
                        slice.messages().stream().map(Views::of).toList(), slice.before(), slice.after()));
    }

    /**
     * The same messages, paced by demand, for as long as {@link Tenure} lets them. What comes {@code after}
     * a message is read to its end, if no limit is given.
     */
    public Flux<MessageView> stream(HistoryRequest request) {
        return tenure.limit(RequestContext.user().flatMapMany(user -> stream(user, request)));
    }

    private Flux<MessageView> stream(UserId user, HistoryRequest request) {
        return part(user, request, asked(request))
                .map(part -> new HistoryWalk(history, user, conversation(request), part))
                .flatMapMany(walk -> PacedPages.of(walk::next))
                .map(Views::of);
    }

    /** Seqs have no holes: but for the ends of the history, where each message lies is known before it is read. */
    private Mono<Part> part(UserId user, HistoryRequest request, HistoryPage page) {
        return switch (page.anchor()) {
            case AFTER -> {
                long most = request.limit() == null ? Long.MAX_VALUE : page.limit();
                yield Mono.just(new Part(page.seq(), HistoryPage.NEWEST, most));
            }
            case BEFORE -> end(user, request, page).map(end -> Part.upTo(end, page.limit()));
            case AROUND -> history.read(user, conversation(request), page).map(Part::of);
        };
    }

    /** The seq of the last message before the anchor; 0 if there is none. */
    private Mono<Long> end(UserId user, HistoryRequest request, HistoryPage page) {
        return history.read(user, conversation(request), HistoryPage.asked(Anchor.BEFORE, page.seq(), 1))
                .map(slice -> slice.messages().stream()
                        .mapToLong(it -> it.message().seq())
                        .sum());
    }

    private static ConversationId conversation(HistoryRequest request) {
        return new ConversationId(Required.field(request.conversationId()));
    }

    private static HistoryPage asked(HistoryRequest request) {
        if (Stream.of(request.before(), request.after(), request.around())
                        .filter(Objects::nonNull)
                        .count()
                > 1) {
            throw new InvalidInput(ErrorCode.PAGE_INVALID);
        }
        int limit = Required.limit(request.limit());
        if (request.after() != null) {
            return HistoryPage.asked(Anchor.AFTER, request.after(), limit);
        }
        return request.around() != null
                ? HistoryPage.asked(Anchor.AROUND, request.around(), limit)
                : HistoryPage.asked(Anchor.BEFORE, before(request.before()), limit);
    }

    private static long before(@Nullable Long before) {
        return before == null ? HistoryPage.NEWEST : before;
    }
}
