package io.parley.domain.live;

import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Outbox;
import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks again and again for changes that nobody told of: silence proves nothing. Thanks to it delivery goes on without
 * Kafka, a few seconds behind.
 */
public final class Watch implements Pipeline {
    static final int LOGS_AT_ONCE = 1_000;

    /** What is published leaves the outbox within moments: what is older than this was not. */
    static final Duration UNPUBLISHED = Duration.ofSeconds(1);

    private final String name;
    private final Duration every;
    private final Hubs hubs;
    private final Function<Collection<LogId>, Flux<LogHead>> look;

    private Watch(String name, Duration every, Hubs hubs, Function<Collection<LogId>, Flux<LogHead>> look) {
        this.name = name;
        this.every = every;
        this.hubs = hubs;
        this.look = look;
    }

    /** Looks every two seconds at what waits in the outbox. */
    public static Watch overOutbox(Outbox outbox, Hubs hubs) {
        return new Watch("outbox watch", Duration.ofSeconds(2), hubs, logs -> outbox.olderThan(UNPUBLISHED, logs));
    }

    /** Looks once a minute at the heads of all followed logs. */
    public static Watch overHeads(LogReader reader, Hubs hubs) {
        return new Watch("head watch", Duration.ofMinutes(1), hubs, reader::heads);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Mono<Void> run() {
        return Mono.delay(every).then(look()).repeat().then();
    }

    /** One look at all followed logs; what cannot be seen now is seen the next time. */
    Mono<Void> look() {
        return Flux.defer(() -> Flux.fromIterable(hubs.followed()))
                .buffer(LOGS_AT_ONCE)
                .concatMap(logs -> look.apply(logs).collectList().onErrorComplete())
                .doOnNext(hubs::onHeads)
                .then();
    }
}
