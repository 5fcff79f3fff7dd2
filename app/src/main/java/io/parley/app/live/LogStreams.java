package io.parley.app.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.api.ChangesRequest;
import io.parley.api.Limits;
import io.parley.api.ServerFrame;
import io.parley.app.gateway.LogGateway;
import io.parley.app.gateway.PeerRoom;
import io.parley.app.gateway.RequestContext;
import io.parley.app.gateway.Required;
import io.parley.domain.auth.Caller;
import io.parley.domain.live.Connections;
import io.parley.domain.live.LiveConnection;
import io.parley.domain.live.Loop;
import io.parley.domain.live.PacedOutlet;
import io.parley.domain.live.Resume;
import io.parley.domain.log.LogId;
import io.parley.domain.pipeline.Endings;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One log as a stream of {@link ServerFrame}s: what is stored of it, or with {@code follow} the cursor of a live
 * connection. For requests that are answered with nothing else.
 */
@Component
public final class LogStreams {
    private final PerUser following = new PerUser(Limits.MAX_LIVE);
    private final LogGateway stored;
    private final Connections connections;
    private final Sessions sessions;
    private final EventLoops loops;

    LogStreams(LogGateway stored, Connections connections, Sessions sessions, EventLoops liveLoops) {
        this.stored = stored;
        this.connections = connections;
        this.sessions = sessions;
        this.loops = liveLoops;
    }

    /**
     * The frames, as fast as they are asked for and the peer takes them. Needs a {@link RequestContext} and a {@link
     * PeerRoom}. Errors before the first frame: the domain's; one that comes later is told by the form's farewell.
     */
    public <T> Flux<T> frames(ChangesRequest request, FrameForm<T> form) {
        Flux<ByteBuf> frames = Boolean.TRUE.equals(request.follow())
                ? Flux.deferContextual(context -> followed(
                        request, context.get(RequestContext.class).requireCaller(), context.get(PeerRoom.class)))
                : stored.stream(request).map(Unpooled::wrappedBuffer);
        return frames.map(form::frame)
                .switchOnFirst(
                        (first, all) -> first.hasValue() ? all.onErrorResume(error -> farewell(form, error)) : all);
    }

    private <T> Publisher<T> farewell(FrameForm<T> form, Throwable error) {
        ServerFrame.GoAway reason = Farewell.of(error);
        return form.farewell(reason, Unpooled.wrappedBuffer(sessions.codec().write(reason)), error);
    }

    private Flux<ByteBuf> followed(ChangesRequest request, Caller caller, PeerRoom room) {
        LogId log = new LogId(Required.field(request.logId()));
        Resume from = new Resume(
                request.epoch() == null || sessions.isEpoch(request.epoch()),
                Map.of(log, Required.offset(request.after())));
        Loop loop = loops.of(room.loop());
        PacedOutlet outlet = new PacedOutlet(loop, room::isWritable);
        LiveConnection connection = connections.open(caller, log, loop, outlet);
        Mono<Void> end = Mono.firstWithSignal(
                connection.run(),
                connections.follow(connection, from).then(Mono.never()),
                sessions.tenure().expired(caller),
                room.again().doOnNext(writable -> outlet.wake()).then());
        Flux<ByteBuf> frames = Flux.from(outlet).map(frame -> ((NettyFrame) frame).payload());
        return following.admit(caller.user(), Endings.with(frames, sessions.untilClosing(end)));
    }
}
