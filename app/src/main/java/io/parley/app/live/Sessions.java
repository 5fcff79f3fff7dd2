package io.parley.app.live;

import io.parley.api.Limits;
import io.parley.app.gateway.Closing;
import io.parley.app.gateway.RequestContext;
import io.parley.app.gateway.Tenure;
import io.parley.app.live.LiveSession.Gateways;
import io.parley.domain.auth.Authenticate;
import io.parley.domain.auth.Caller;
import io.parley.domain.error.ChatException;
import io.parley.domain.live.Connections;
import io.parley.domain.live.LiveConnection;
import io.parley.domain.live.LiveFrames;
import io.parley.domain.live.Loop;
import io.parley.domain.live.Outlet;
import io.parley.domain.live.PacedOutlet;
import io.parley.domain.live.Resume;
import io.parley.domain.log.Epoch;
import io.parley.domain.user.UserDirectory;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes live sessions, and gives them what they need of the rest of the server. */
public final class Sessions {
    private final PerUser connected = new PerUser(Limits.MAX_LIVE);
    private final Gateways gateways;
    private final ReadyFrames ready;
    private final FrameCodec codec;
    private final Engine engine;
    private final Surroundings node;

    Sessions(Gateways gateways, ReadyFrames ready, FrameCodec codec, Engine engine, Surroundings node) {
        this.gateways = gateways;
        this.ready = ready;
        this.codec = codec;
        this.engine = engine;
        this.node = node;
    }

    /** Of a client whose connection has just been opened; to be called on that connection's event loop. */
    public LiveSession session(RequestContext context, Outlet outlet) {
        return new LiveSession(context, gateways, this, new Place(node.loops().current(), outlet));
    }

    /**
     * The same for a client that paces what it gets by its demand.
     *
     * @param writable see {@link PacedOutlet}
     */
    public PacedSession pacedSession(RequestContext context, BooleanSupplier writable) {
        PacedOutlet outlet = new PacedOutlet(node.loops().current(), writable);
        return new PacedSession(session(context, outlet), outlet);
    }

    /** A session, and what its client gets. */
    public record PacedSession(LiveSession session, PacedOutlet outlet) {}

    /** Where a session lives, and where its frames go. */
    record Place(Loop loop, Outlet outlet) {}

    FrameCodec codec() {
        return codec;
    }

    Mono<Caller> authenticate(String token) {
        return engine.authenticate().authenticate(token);
    }

    LiveConnection open(Caller caller, Place place) {
        return engine.connections().open(caller, place.loop(), place.outlet());
    }

    /** Errors: those of the connection; {@code LimitExceeded} if its user has too many. */
    Mono<Void> serve(LiveConnection connection) {
        return connected.admit(connection.user(), connection.run().flux()).then();
    }

    /** Sends a frame to a client that may have no connection yet. Completes once it is on its way. */
    Mono<Void> send(Place place, byte[] frame) {
        return Mono.create(sink -> place.loop().execute(() -> {
            place.outlet().offer(engine.frames().of(frame));
            sink.success();
        }));
    }

    Mono<Void> start(LiveConnection connection, Caller caller, Resume from) {
        return engine.users().byId(caller.user()).flatMap(user -> engine.connections()
                .resume(connection, from, mine -> ready.of(caller, user, mine)));
    }

    boolean isEpoch(@Nullable UUID epoch) {
        return engine.epoch().value().equals(epoch);
    }

    Tenure tenure() {
        return node.tenure();
    }

    /** Errors also: {@code Unavailable} once the node closes and it is this session's turn. */
    Mono<Void> untilClosing(Mono<Void> session) {
        return node.closing().cutLive(session);
    }

    /** The same for one that can be told to leave. */
    Mono<Void> untilClosing(Mono<Void> session, Consumer<? super ChatException> leave) {
        return node.closing().live(session, leave);
    }

    /** The node on which they are. */
    record Surroundings(Closing closing, Tenure tenure, EventLoops loops) {}

    /** What the domain does for live sessions. */
    record Engine(
            Authenticate authenticate, Connections connections, UserDirectory users, LiveFrames frames, Epoch epoch) {}
}
