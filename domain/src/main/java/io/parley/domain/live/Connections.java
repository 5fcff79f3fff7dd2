package io.parley.domain.live;

import io.parley.domain.auth.Caller;
import io.parley.domain.conversation.ConversationReader.Mine;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.log.LogId;
import io.parley.domain.presence.PresenceRegistry.Online;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Opens live connections. */
public final class Connections {
    private final Hubs hubs;
    private final Sources sources;
    private final OpenConnections open;

    public Connections(Hubs hubs, Sources sources, OpenConnections open) {
        this.hubs = hubs;
        this.sources = sources;
        this.open = open;
    }

    /** A connection on this loop that follows nothing yet; its stream is to be subscribed before it is resumed. */
    public LiveConnection open(Caller caller, Loop loop) {
        Online online = new Online(caller.user(), UUID.randomUUID());
        return new LiveConnection(caller.user(), caller.session(), hubs.on(loop), new Life(sources, open, online));
    }

    /**
     * Starts the connection from where its client stands. First it follows, then it reads memberships and heads, until it
     * follows all that it has read of: so nothing falls between the two. Completes once the frames that {@code ready} makes
     * of the memberships wait before everything else. Errors: {@code Unavailable}; {@code Unauthenticated} if the session
     * has ended.
     */
    public Mono<Void> resume(LiveConnection connection, Resume resume, Function<Mine, List<byte[]>> ready) {
        return connection
                .follow(List.of(LogId.of(connection.user())))
                .then(followed(connection))
                .delayUntil(mine -> stillSignedIn(connection))
                .flatMap(mine -> connection.start(mine, resume, ready))
                .then(Mono.defer(() -> open.tellBegin(connection.online())))
                .checkpoint("Connections.resume");
    }

    /** Asked after the own log's head was read: an end that is not in what follows that head is seen here. */
    private Mono<Boolean> stillSignedIn(LiveConnection connection) {
        return sources.sessions()
                .isActive(connection.session())
                .filter(active -> active)
                .switchIfEmpty(Mono.error(() -> new Unauthenticated(ErrorCode.SESSION_ENDED)));
    }

    private Mono<Mine> followed(LiveConnection connection) {
        return sources.conversations().mine(connection.user()).flatMap(mine -> connection
                .unfollowed(logs(mine))
                .flatMap(fresh -> fresh.isEmpty()
                        ? Mono.just(mine)
                        : connection.follow(fresh).then(Mono.defer(() -> followed(connection)))));
    }

    private static List<LogId> logs(Mine mine) {
        return Stream.concat(
                        Stream.of(mine.log().log()),
                        mine.conversations().stream().map(conversation -> LogId.of(conversation.id())))
                .toList();
    }

    /** What a connection needs for as long as it lasts. */
    record Life(Sources sources, OpenConnections open, Online online) {}
}
