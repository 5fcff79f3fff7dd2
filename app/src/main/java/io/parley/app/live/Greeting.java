package io.parley.app.live;

import io.parley.api.ClientFrame;
import io.parley.api.Limits;
import io.parley.api.ServerFrame;
import io.parley.app.gateway.Problems;
import io.parley.app.live.Sessions.Place;
import io.parley.domain.auth.Caller;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.live.LiveConnection;
import io.parley.domain.live.Resume;
import io.parley.domain.log.LogId;
import io.parley.domain.pipeline.Endings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * How one client gets in, and how long it may stay: {@code hello} and {@code resume}, each in time, and a {@code refresh}
 * before its token expires.
 */
final class Greeting {
    /** Whoever says nothing by then is not a client. */
    static final Duration HELLO_WITHIN = Duration.ofSeconds(5);

    /** From the hello on, until the last resume frame. */
    static final Duration RESUME_WITHIN = Duration.ofSeconds(10);

    /** More than anybody is in: the rest would mean nothing. */
    private static final int MAX_OFFSETS = 10_000 + Limits.MAX_LIST;

    private final Sinks.One<LiveConnection> greeted = Sinks.one();
    private final Sinks.Empty<Void> failed = Sinks.empty();
    private final Disposable.Swap due = Disposables.swap();
    private final Map<LogId, Long> offsets = new HashMap<>();
    private final Sessions sessions;
    private final Place place;

    private volatile @Nullable Caller caller;
    private volatile @Nullable LiveConnection connection;
    private boolean epochKnown = true;
    private boolean ready;
    private volatile boolean over;

    /** @param caller who is asking, if that is known before it says hello */
    Greeting(Sessions sessions, Place place, @Nullable Caller caller) {
        this.sessions = sessions;
        this.place = place;
        this.caller = caller;
    }

    /** Serves who is greeted. Errors: what ends the connection. Never completes by itself. */
    Mono<Void> run() {
        return Endings.with(greeted.asMono().flatMap(sessions::serve), failed.asMono())
                .doOnSubscribe(subscription -> begun())
                .doFinally(end -> {
                    over = true;
                    due.dispose();
                });
    }

    /** What is said first may be taken before that: then the next one is due already. */
    private void begun() {
        if (connection == null) {
            dueIn(HELLO_WITHIN);
        }
    }

    /** The next frame of the greeting: from the last one on there is so much time for it. */
    private void dueIn(Duration time) {
        after(time, () -> fail(helloRequired()));
    }

    /** Instead of what was to be done before. A task, not a stream: this one lasts as long as the connection. */
    private void after(Duration time, Runnable task) {
        due.update(Schedulers.parallel().schedule(task, time.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Nullable
    Caller caller() {
        return caller;
    }

    /** Once the client has said hello; null before. */
    @Nullable
    LiveConnection connection() {
        return connection;
    }

    /** Whether commands may come. */
    boolean isReady() {
        return ready;
    }

    /** Ends it, whatever it is about; once. */
    void fail(ChatException error) {
        failed.tryEmitError(error);
    }

    /** Value: the answer to {@code refresh}. Errors also: {@code InvalidInput} if it is not the turn of this frame. */
    Mono<ServerFrame> take(ClientFrame frame) {
        if (connection == null) {
            return frame instanceof ClientFrame.Hello hello ? greet(hello) : Mono.error(Greeting::helloRequired);
        }
        if (frame instanceof ClientFrame.Hello || (ready && frame instanceof ClientFrame.Resume)) {
            return Mono.error(() -> new InvalidInput(ErrorCode.LIVE_HELLO_REPEATED));
        }
        if (frame instanceof ClientFrame.Resume resume) {
            return resume(resume);
        }
        return ready && frame instanceof ClientFrame.Refresh refresh
                ? refresh(refresh)
                : Mono.error(Greeting::helloRequired);
    }

    static InvalidInput helloRequired() {
        return new InvalidInput(ErrorCode.LIVE_HELLO_REQUIRED);
    }

    private Mono<ServerFrame> greet(ClientFrame.Hello hello) {
        if (hello.credit() != null && hello.credit() < 0) {
            return Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
        }
        Caller known = caller;
        Mono<Caller> named = hello.token() == null ? Mono.justOrEmpty(known) : sessions.authenticate(hello.token());
        return named.switchIfEmpty(Mono.error(() -> new Unauthenticated(ErrorCode.AUTH_REQUIRED)))
                .doOnNext(this::begin)
                .then(Mono.defer(() -> limit(hello.credit())))
                .then(Mono.empty());
    }

    /** Not once it is over: nobody would take what the connection has to say, or ever close it. */
    private void begin(Caller greetedBy) {
        if (over) {
            return;
        }
        caller = greetedBy;
        LiveConnection opened = sessions.open(greetedBy, place);
        greeted.tryEmitValue(opened);
        // Whoever has too many is over by now: that one was never run.
        connection = over ? null : opened;
        dueIn(RESUME_WITHIN);
    }

    private Mono<Void> limit(@Nullable Long credit) {
        LiveConnection open = connection;
        return credit == null || open == null ? Mono.empty() : open.limit(credit);
    }

    private Mono<ServerFrame> resume(ClientFrame.Resume resume) {
        Map<UUID, Long> said = resume.offsets() == null ? Map.of() : resume.offsets();
        if (said.size() > Limits.MAX_LIST || said.values().stream().anyMatch(Objects::isNull)) {
            return Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
        }
        if (!said.isEmpty() && !sessions.isEpoch(resume.epoch())) {
            epochKnown = false;
        }
        said.forEach((log, offset) -> offsets.put(new LogId(log), offset));
        return resume.last() || offsets.size() > MAX_OFFSETS ? start().then(Mono.empty()) : Mono.empty();
    }

    private Mono<Void> start() {
        Resume from = new Resume(epochKnown, Map.copyOf(offsets));
        offsets.clear();
        ready = true;
        boolean expired = expire();
        if (over || expired) {
            return Mono.empty();
        }
        return sessions.start(Objects.requireNonNull(connection), Objects.requireNonNull(caller), from)
                // Without a beginning there is nothing to go on with.
                .doOnError(error -> fail(Problems.known(error)))
                .onErrorComplete();
    }

    private Mono<ServerFrame> refresh(ClientFrame.Refresh refresh) {
        if (refresh.ref() == null || refresh.token() == null) {
            return Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
        }
        Caller known = Objects.requireNonNull(caller);
        return sessions.authenticate(refresh.token())
                .filter(fresh ->
                        fresh.user().equals(known.user()) && fresh.session().equals(known.session()))
                .switchIfEmpty(Mono.error(() -> new Unauthenticated(ErrorCode.TOKEN_INVALID)))
                .doOnNext(fresh -> caller = fresh)
                .map(fresh -> new ServerFrame.Ack(refresh.ref(), null, null));
    }

    /** A token that is refreshed in time moves the end of the session. Whether that is now. */
    private boolean expire() {
        Duration left = sessions.tenure().left(Objects.requireNonNull(caller));
        if (left.isZero()) {
            fail(new Unauthenticated(ErrorCode.TOKEN_EXPIRED));
            return true;
        }
        after(left.plusMillis(1), this::expire);
        return false;
    }
}
