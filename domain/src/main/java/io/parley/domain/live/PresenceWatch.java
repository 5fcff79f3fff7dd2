package io.parley.domain.live;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.pipeline.Pipeline;
import io.parley.domain.presence.Presence;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Looks for all clients of this node who of those whom they watch is there: at most once a second at those who may have
 * come or gone, and every {@link #ALL_EVERY} at all of them, since silence proves nothing. Only who shares a conversation
 * is looked at.
 */
public final class PresenceWatch implements Pipeline {
    public static final int MAX_USERS = 200;

    static final RateLimit LIMIT = new RateLimit("watch", 30, Duration.ofMillis(500));
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    static final Duration ALL_EVERY = Duration.ofSeconds(15);

    private static final int MEET_AT_ONCE = 4;

    private final Map<UserId, Watched> watched = new ConcurrentHashMap<>();
    private final Set<UserId> hinted = ConcurrentHashMap.newKeySet();
    private final Set<Viewport> doubtful = ConcurrentHashMap.newKeySet();

    /** Numbers looks by when they begin: what was seen later is known by it, in whatever order it arrives. */
    private final AtomicLong looks = new AtomicLong();

    private final ConversationReader conversations;
    private final PresenceRegistry registry;
    private final RateLimiter limiter;
    private long lookedAtAll = now();

    public PresenceWatch(ConversationReader conversations, PresenceRegistry registry, RateLimiter limiter) {
        this.conversations = conversations;
        this.registry = registry;
        this.limiter = limiter;
    }

    /** This user may have come or gone; from any thread. */
    void onHint(UserId user) {
        if (watched.containsKey(user)) {
            hinted.add(user);
        }
    }

    /**
     * Lets a client watch these instead of others. Completes when it has been answered so, and is about to be told of each.
     * Errors: those of the limiter, {@code InvalidInput}, {@code Unavailable}: then it watches nobody.
     */
    Mono<Void> watch(Viewport viewport, Collection<UserId> users, byte[] answer) {
        if (users.size() > MAX_USERS) {
            return Mono.error(() -> new InvalidInput(ErrorCode.LIVE_WATCH_TOO_MANY));
        }
        LiveConnection connection = viewport.connection();
        return limiter.acquire(LIMIT, connection.user().value().toString())
                .then(replaced(viewport, new LinkedHashSet<>(users)))
                .then(meet(viewport))
                .onErrorResume(error -> replaced(viewport, List.of()).then(Mono.error(error)))
                .then(Mono.defer(() -> connection.answer(answer)))
                .then(viewport.onLoop(() -> {
                    viewport.show();
                    return viewport;
                }))
                .then();
    }

    private static Mono<Viewport> replaced(Viewport viewport, Collection<UserId> users) {
        return viewport.onLoop(() -> {
            viewport.replace(users);
            return viewport;
        });
    }

    /** Finds out who of them shares a conversation, and looks at those. */
    private Mono<Void> meet(Viewport viewport) {
        return viewport.onLoop(viewport::users)
                .filter(users -> !users.isEmpty())
                .flatMap(users -> met(viewport, users))
                .delayUntil(this::look)
                .flatMap(met -> viewport.onLoop(() -> {
                    met.forEach(user -> show(user, viewport));
                    return met;
                }))
                .then();
    }

    private Mono<List<UserId>> met(Viewport viewport, Set<UserId> users) {
        UserId me = viewport.connection().user();
        long asOf = looks.incrementAndGet();
        return conversations
                .met(me, users)
                .map(others -> with(me, others))
                .flatMap(others -> viewport.onLoop(() -> viewport.meet(others, asOf)));
    }

    private static Set<UserId> with(UserId me, Set<UserId> others) {
        Set<UserId> all = new HashSet<>(others);
        all.add(me);
        return all;
    }

    // What follows is called by viewports, on their loops.

    void add(UserId user, Viewport viewport) {
        watched.compute(user, (id, known) -> {
            Watched entry = known == null ? new Watched() : known;
            entry.by.add(viewport);
            return entry;
        });
    }

    @SuppressWarnings("NullAway") // null takes the entry out of the map
    void remove(UserId user, Viewport viewport) {
        watched.computeIfPresent(user, (id, entry) -> {
            entry.by.remove(viewport);
            return entry.by.isEmpty() ? null : entry;
        });
    }

    /** Who is watched there may have come into a conversation with its user, or gone out of one. */
    void doubt(Viewport viewport) {
        doubtful.add(viewport);
    }

    void forget(Viewport viewport) {
        doubtful.remove(viewport);
    }

    private void show(UserId user, Viewport viewport) {
        Watched entry = watched.get(user);
        if (entry != null) {
            Seen seen = entry.seen;
            viewport.see(user, seen.presence(), seen.asOf());
        }
    }

    @Override
    public String name() {
        return "presence watch";
    }

    @Override
    public Mono<Void> run() {
        return Flux.interval(LOOK_EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> look(due()).then(settle()), 1)
                .then();
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.MILLISECONDS);
    }

    private Collection<UserId> due() {
        long now = now();
        if (now - lookedAtAll >= ALL_EVERY.toMillis()) {
            lookedAtAll = now;
            hinted.clear();
            return List.copyOf(watched.keySet());
        }
        return taken(hinted);
    }

    /** Whatever is added meanwhile stays, and is seen the next time. */
    private static <T> List<T> taken(Set<T> some) {
        List<T> all = List.copyOf(some);
        all.forEach(some::remove);
        return all;
    }

    private Mono<Void> look(Collection<UserId> users) {
        if (users.isEmpty()) {
            return Mono.empty();
        }
        long asOf = looks.incrementAndGet();
        return registry.of(users)
                .doOnNext(seen -> seen.forEach((user, presence) -> note(user, new Seen(presence, asOf))))
                .then();
    }

    private void note(UserId user, Seen seen) {
        watched.computeIfPresent(user, (id, entry) -> {
            entry.note(user, seen);
            return entry;
        });
    }

    /** What cannot be found out now stays in doubt. */
    private Mono<Void> settle() {
        return Flux.fromIterable(taken(doubtful))
                .flatMap(viewport -> meet(viewport).onErrorResume(away -> again(viewport)), MEET_AT_ONCE)
                .then();
    }

    private Mono<Void> again(Viewport viewport) {
        return viewport.onLoop(() -> {
                    viewport.doubt();
                    return viewport;
                })
                .then();
    }

    /** What was seen in the look of this number. */
    private record Seen(Presence presence, long asOf) {}

    /** One user, and who watches it; written under the lock of the map that it is in. */
    private static final class Watched {
        private final Set<Viewport> by = new HashSet<>();
        private volatile Seen seen = new Seen(Presence.UNKNOWN, 0);

        /** Tells those who watch, if that is news. */
        void note(UserId user, Seen latest) {
            Seen before = seen;
            if (latest.asOf() <= before.asOf()) {
                return;
            }
            seen = latest;
            if (latest.presence() != before.presence()) {
                by.forEach(viewport -> viewport.connection()
                        .hub()
                        .loop()
                        .execute(() -> viewport.see(user, latest.presence(), latest.asOf())));
            }
        }
    }
}
