package io.parley.app.gateway;

import io.parley.api.ChangesRequest;
import io.parley.api.ServerFrame;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.NotFound;
import io.parley.domain.live.LiveFrames;
import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.Epoch;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.user.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The stored logs, as pages and as a stream of frames. Needs a {@link RequestContext}; errors are the domain's. */
@Component
public final class LogGateway {
    private final LogReader logs;
    private final ChangeEncoder encoder;
    private final LogPages pages;
    private final LiveFrames frames;
    private final Epoch epoch;
    private final Tenure tenure;

    LogGateway(LogReader logs, ChangeEncoder encoder, LogPages pages, LiveFrames frames, Epoch epoch, Tenure tenure) {
        this.logs = logs;
        this.encoder = encoder;
        this.pages = pages;
        this.frames = frames;
        this.epoch = epoch;
        this.tenure = tenure;
    }

    /** Value: an {@link io.parley.api.ChangesPage} of a conversation's log as JSON, with the frames that live readers get. */
    public Mono<byte[]> page(ChangesRequest request, @Nullable Integer limit) {
        return RequestContext.user()
                // One's own log is no conversation.
                .filter(user -> !user.value().equals(request.logId()))
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN)))
                .flatMap(user -> page(user, request, Required.limit(limit)));
    }

    /** The same of the caller's own log. */
    public Mono<byte[]> ownPage(@Nullable UUID epoch, long after, boolean follow, @Nullable Integer limit) {
        return RequestContext.user()
                .map(user -> new ChangesRequest(user.value(), epoch, after, follow))
                .flatMap(request -> page(new UserId(request.logId()), request, Required.limit(limit)));
    }

    private Mono<byte[]> page(UserId user, ChangesRequest request, int limit) {
        if (Boolean.TRUE.equals(request.follow())) {
            // A page ends: whoever wants to follow is to accept a stream.
            return Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_UNSUPPORTED));
        }
        return logs.pageFor(user, new LogId(request.logId()), Required.offset(request.after()), LogReader.HEAD, limit)
                .map(page -> isGap(request, page)
                        ? pages.gapPage(epoch.value(), page.head())
                        : pages.page(
                                epoch.value(),
                                page.changes().stream()
                                        .map(change -> encoder.encode(change).wire())
                                        .toList(),
                                page.next(LogReader.HEAD, limit),
                                page.head()));
    }

    private boolean isGap(ChangesRequest request, LogPage page) {
        return isOfAnotherLife(request) || request.after() > page.head() || request.after() < page.floor();
    }

    private boolean isOfAnotherLife(ChangesRequest request) {
        return request.epoch() != null && !request.epoch().equals(epoch.value());
    }

    /** {@link ServerFrame}s, paced by demand, for as long as {@link Tenure} lets them. */
    public Flux<byte[]> stream(ChangesRequest request) {
        return tenure.limit(RequestContext.user().flatMapMany(user -> stream(user, request)));
    }

    private Flux<byte[]> stream(UserId user, ChangesRequest request) {
        LogId log = new LogId(Required.field(request.logId()));
        // Of another life of the store: further than any log reaches, which is a gap.
        long after = isOfAnotherLife(request) ? LogReader.HEAD - 1 : Required.offset(request.after());
        LogWalk walk = new LogWalk(logs, encoder, frames, new LogWalk.Start(user, log, after));
        return PacedPages.of(walk::next);
    }
}
