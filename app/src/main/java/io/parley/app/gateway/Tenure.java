package io.parley.app.gateway;

import io.parley.domain.auth.Caller;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.pipeline.Endings;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How long what lasts may last: while its caller is signed in, and this node does not stop. */
@Component
public final class Tenure {
    /** Most streams are over by then. Who has signed out is to hear nothing any more after five seconds. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Closing closing;
    private final SessionRepository sessions;
    private final Clock clock;

    Tenure(Closing closing, SessionRepository sessions, Clock clock) {
        this.closing = closing;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * The same stream, however slowly it is read. Needs a {@link RequestContext}. Errors also: {@code Unauthenticated} when
     * the caller's token expires, or soon after its session ends; {@code Unavailable} when the node begins to close.
     */
    <T> Flux<T> limit(Flux<T> stream) {
        return RequestContext.current().flatMapMany(request -> {
            Caller caller = request.requireCaller();
            return closing.cut(Endings.with(stream, Mono.firstWithSignal(expired(caller), ended(caller))));
        });
    }

    /** Never completes; fails when the caller's token expires. */
    public Mono<Void> expired(Caller caller) {
        return Mono.delay(left(caller)).then(Mono.error(() -> new Unauthenticated(ErrorCode.TOKEN_EXPIRED)));
    }

    /** Until the caller's token expires; zero once it has. */
    public Duration left(Caller caller) {
        Duration left = Duration.between(clock.instant(), caller.expiresAt());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Mono<Void> ended(Caller caller) {
        return Mono.delay(LOOK_EVERY)
                .then(Mono.defer(() -> sessions.isActive(caller.session())))
                // Nobody can tell: what is away, the stream meets by itself.
                .onErrorReturn(true)
                .repeat()
                .filter(active -> !active)
                .next()
                .flatMap(over -> Mono.error(() -> new Unauthenticated(ErrorCode.SESSION_ENDED)));
    }
}
