package io.parley.domain.log;

import io.parley.domain.log.Outbox.Backlog;
import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Looks every five seconds at how much waits in the outbox, and since when: whoever operates nodes wants to know. */
public final class BacklogWatch implements Pipeline {
    static final Duration EVERY = Duration.ofSeconds(5);

    /** More are not counted. */
    static final int MOST = 100_000;

    private final Outbox outbox;
    private volatile @Nullable Backlog latest;

    public BacklogWatch(Outbox outbox) {
        this.outbox = outbox;
    }

    /** As it was last seen; empty if it could not be seen then. From any thread. */
    public Optional<Backlog> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public String name() {
        return "backlog watch";
    }

    @Override
    public Mono<Void> run() {
        return look().then(Mono.delay(EVERY)).repeat().then();
    }

    private Mono<Void> look() {
        return outbox.backlog(MOST)
                .doOnNext(seen -> latest = seen)
                .doOnError(error -> latest = null)
                .onErrorComplete()
                .then();
    }
}
