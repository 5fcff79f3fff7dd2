package io.parley.app.live;

import io.netty.handler.codec.TooLongFrameException;
import io.parley.api.ClientFrame;
import io.parley.api.Limits;
import io.parley.api.ServerFrame;
import io.parley.app.gateway.Problems;
import io.parley.app.gateway.RequestContext;
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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One client's live protocol, whatever carries its frames: {@code hello}, {@code resume}, then commands, one after the
 * other. Frames are UTF-8 JSON.
 */
public final class LiveSession {
    /** Whoever says nothing by then is not a client. */
    static final Duration HELLO_WITHIN = Duration.ofSeconds(5);

    /** From the hello on, until the last resume frame. */
    static final Duration RESUME_WITHIN = Duration.ofSeconds(10);

    /** More than anybody is in: the rest would mean nothing. */
    private static final int MAX_OFFSETS = 10_000 + Limits.MAX_LIST;

    private final Sinks.One<LiveConnection> greeted = Sinks.one();
    private final Sinks.Empty<Void> resumed = Sinks.empty();
    private final Map<LogId, Long> offsets = new HashMap<>();
    private final RequestContext context;
    private final LiveCommands commands;
    private final Sessions sessions;
    private final Place place;

    private volatile @Nullable Caller caller;
    private @Nullable LiveConnection connection;
    private boolean epochKnown = true;
    private boolean ready;
    private volatile boolean over;

    LiveSession(RequestContext context, LiveCommands commands, Sessions sessions, Place place) {
        this.context = context;
        this.commands = commands;
        this.sessions = sessions;
        this.place = place;
        this.caller = context.signedIn();
    }

    /**
     * Serves the client through its outlet: to be subscribed once, before {@link #take}, as long as the client is there.
     * Errors: {@code ChatException}s after which the connection is to be closed. Never completes by itself.
     */
    public Mono<Void> run() {
        Mono<Void> watch = Flux.merge(inTime(), expiry()).then();
        return sessions.untilClosing(Endings.with(greeted.asMono().flatMap(LiveConnection::run), watch))
                .doFinally(end -> over = true);
    }

    /**
     * Takes what the client says, to be subscribed once. Completes with its input; never fails: what must end the
     * connection is told by {@link #run}, so that whoever carries the frames can say why before it stops listening.
     */
    public Mono<Void> take(Flux<byte[]> inbound) {
        return inbound.concatMap(this::take, 1).then();
    }

    /** What carries the frames has broken: ends the session. */
    public void reject(Throwable error) {
        fail(
                error instanceof TooLongFrameException
                        ? new InvalidInput(ErrorCode.REQUEST_TOO_LARGE)
                        : Problems.known(error));
    }

    /** The last frame, in which a client reads why the connection ends, and when to come back. */
    public byte[] goAway(Throwable error) {
        return sessions.codec().write(Farewell.of(error));
    }

    /** Completes once that frame is on its way, whether or not the client takes any. */
    public Mono<Void> sendGoAway(Throwable error) {
        return Mono.defer(() -> sessions.send(place, goAway(error)));
    }

    private Mono<Void> take(byte[] bytes) {
        RequestContext request = context.next();
        return Mono.defer(() -> on(sessions.codec().read(bytes), request))
                .onErrorResume(error -> refused(null, error, request))
                .contextWrite(request::into);
    }

    private Mono<Void> on(ClientFrame frame, RequestContext request) {
        return Mono.defer(() -> answer(frame))
                .contextWrite(context -> signedIn(request).into(context))
                .onErrorResume(error -> refused(frame.ref(), error, request));
    }

    private RequestContext signedIn(RequestContext request) {
        Caller known = caller;
        return known == null ? request : request.signedInAs(known);
    }

    private Mono<Void> answer(ClientFrame frame) {
        if (connection == null) {
            return frame instanceof ClientFrame.Hello hello ? greet(hello) : Mono.error(LiveSession::helloRequired);
        }
        if (frame instanceof ClientFrame.Hello || (ready && frame instanceof ClientFrame.Resume)) {
            return Mono.error(() -> new InvalidInput(ErrorCode.LIVE_HELLO_REPEATED));
        }
        if (frame instanceof ClientFrame.Resume resume) {
            return resume(resume);
        }
        if (!ready) {
            return Mono.error(LiveSession::helloRequired);
        }
        if (frame instanceof ClientFrame.Refresh refresh) {
            return refresh(refresh);
        }
        return commands.answer(frame, connection).flatMap(this::answer);
    }

    private static InvalidInput helloRequired() {
        return new InvalidInput(ErrorCode.LIVE_HELLO_REQUIRED);
    }

    private Mono<Void> answer(ServerFrame frame) {
        LiveConnection open = Objects.requireNonNull(connection);
        return open.answer(sessions.codec().write(frame));
    }

    private Mono<Void> greet(ClientFrame.Hello hello) {
        if (hello.credit() != null && hello.credit() < 0) {
            return Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
        }
        Caller known = caller;
        Mono<Caller> named = hello.token() == null ? Mono.justOrEmpty(known) : sessions.authenticate(hello.token());
        return named.switchIfEmpty(Mono.error(() -> new Unauthenticated(ErrorCode.AUTH_REQUIRED)))
                .doOnNext(this::begin)
                .then(Mono.defer(() -> limit(hello.credit())));
    }

    /** Not once it is over: nobody would take what the connection has to say, or ever close it. */
    private void begin(Caller greetedBy) {
        if (over) {
            return;
        }
        caller = greetedBy;
        LiveConnection opened = sessions.open(greetedBy, place);
        connection = opened;
        greeted.tryEmitValue(opened);
    }

    private Mono<Void> limit(@Nullable Long credit) {
        LiveConnection open = connection;
        return credit == null || open == null ? Mono.empty() : open.limit(credit);
    }

    private Mono<Void> resume(ClientFrame.Resume resume) {
        Map<UUID, Long> said = resume.offsets() == null ? Map.of() : resume.offsets();
        if (said.size() > Limits.MAX_LIST || said.values().stream().anyMatch(Objects::isNull)) {
            return Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
        }
        if (!said.isEmpty() && !sessions.isEpoch(resume.epoch())) {
            epochKnown = false;
        }
        said.forEach((log, offset) -> offsets.put(new LogId(log), offset));
        return resume.last() || offsets.size() > MAX_OFFSETS ? start() : Mono.empty();
    }

    private Mono<Void> start() {
        Resume from = new Resume(epochKnown, Map.copyOf(offsets));
        offsets.clear();
        ready = true;
        resumed.tryEmitEmpty();
        if (over) {
            return Mono.empty();
        }
        return sessions.start(Objects.requireNonNull(connection), Objects.requireNonNull(caller), from)
                // Without a beginning there is nothing to go on with.
                .doOnError(error -> fail(Problems.known(error)))
                .onErrorComplete();
    }

    private Mono<Void> refresh(ClientFrame.Refresh refresh) {
        if (refresh.ref() == null || refresh.token() == null) {
            return Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
        }
        Caller known = Objects.requireNonNull(caller);
        return sessions.authenticate(refresh.token())
                .filter(fresh ->
                        fresh.user().equals(known.user()) && fresh.session().equals(known.session()))
                .switchIfEmpty(Mono.error(() -> new Unauthenticated(ErrorCode.TOKEN_INVALID)))
                .doOnNext(fresh -> caller = fresh)
                .flatMap(fresh -> answer(new ServerFrame.Ack(refresh.ref(), null, null)));
    }

    /** Before there is a connection, every refusal ends it. */
    private Mono<Void> refused(@Nullable String ref, Throwable error, RequestContext request) {
        ChatException known = Problems.known(error);
        if (connection == null || (!ready && known.code() == ErrorCode.LIVE_HELLO_REQUIRED)) {
            fail(known.code() == ErrorCode.REQUEST_MALFORMED ? helloRequired() : known);
            return Mono.empty();
        }
        return answer(new ServerFrame.Failure(ref, Problems.of(known, request.requestId())));
    }

    private void fail(ChatException error) {
        LiveConnection open = connection;
        if (open == null) {
            greeted.tryEmitError(error);
        } else {
            open.fail(error);
        }
    }

    private Mono<Void> inTime() {
        return greeted.asMono()
                .timeout(HELLO_WITHIN, Mono.error(LiveSession::helloRequired))
                .then(resumed.asMono().timeout(RESUME_WITHIN, Mono.error(LiveSession::helloRequired)))
                .then(Mono.never());
    }

    /** A token that is refreshed in time moves the end of the session. */
    private Mono<Void> expiry() {
        return greeted.asMono().then(Mono.defer(this::untilExpiry));
    }

    private Mono<Void> untilExpiry() {
        return sessions.untilExpiry(Objects.requireNonNull(caller))
                .filter(expired -> sessions.isOver(Objects.requireNonNull(caller)))
                .flatMap(expired -> Mono.<Void>error(() -> new Unauthenticated(ErrorCode.TOKEN_EXPIRED)))
                .repeat()
                .then();
    }
}
