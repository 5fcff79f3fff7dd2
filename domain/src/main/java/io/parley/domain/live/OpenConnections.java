package io.parley.domain.live;

import io.parley.domain.pipeline.Pipeline;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.PresenceHint;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.presence.PresenceRegistry.Online;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The connections of this node, for as long as they last: tells the others again and again who is there, and at once when
 * somebody comes or has gone.
 */
public final class OpenConnections implements Pipeline {
    /** Well within the minute for which the registry believes it. */
    static final Duration EVERY = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int SAY_AT_ONCE = 64;

    private final Set<Online> online = ConcurrentHashMap.newKeySet();

    /** By when their grace is over. */
    private final Queue<Gone> gone = new ConcurrentLinkedQueue<>();

    private final PresenceRegistry registry;
    private final HintChannel hints;

    public OpenConnections(PresenceRegistry registry, HintChannel hints) {
        this.registry = registry;
        this.hints = hints;
    }

    /** To be told of from now on. */
    void add(Online connection) {
        online.add(connection);
    }

    /** Not to be told of any more. */
    void remove(Online connection) {
        online.remove(connection);
    }

    /** Completes when the others know of it, or could not be told. */
    Mono<Void> tellBegin(Online connection) {
        return registry.beat(List.of(connection)).then(hints.say(new PresenceHint(connection.user())));
    }

    /** Completes when the registry knows of it, or could not be told; the others are told once the grace is over. */
    Mono<Void> tellEnd(Online connection) {
        return registry.leave(connection)
                .then(Mono.fromRunnable(
                        () -> gone.add(new Gone(connection.user(), now() + PresenceRegistry.GRACE.toMillis()))));
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.MILLISECONDS);
    }

    @Override
    public String name() {
        return "presence";
    }

    @Override
    public Mono<Void> run() {
        return Flux.merge(beats(), farewells()).then();
    }

    private Flux<Void> beats() {
        return Flux.merge(Flux.interval(EVERY), registry.forgets())
                .onBackpressureDrop()
                // Detached: until the next one, concatMap would keep all that was said of everybody.
                .concatMap(tick -> registry.beat(List.copyOf(online)).onTerminateDetach(), 1);
    }

    private Flux<Void> farewells() {
        return Flux.interval(LOOK_EVERY).onBackpressureDrop().concatMap(tick -> Flux.fromIterable(overdue())
                .flatMap(user -> hints.say(new PresenceHint(user)), SAY_AT_ONCE));
    }

    private Set<UserId> overdue() {
        Set<UserId> users = new HashSet<>();
        long now = now();
        for (Gone next = gone.peek(); next != null && next.at() <= now; next = gone.peek()) {
            gone.remove();
            users.add(next.user());
        }
        return users;
    }

    private record Gone(UserId user, long at) {}
}
