package io.parley.domain.live;

import io.parley.domain.auth.Caller;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationReader.Mine;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.presence.PresenceRegistry.Online;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Opens live connections. */
public final class Connections {
    /** Of the database's connections these leave enough to those who are there already. */
    private static final int CONNECT_AT_ONCE = 6;

    private static final int CONNECT_AT_ONCE_OF_ONE_USER = 2;
    private static final int MAY_WAIT_TO_CONNECT = 4_096;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    private static final int READ_AT_ONCE = 4;
    private static final int MAY_WAIT_TO_READ = 16_384;
    private static final Duration READ_WITHIN = Duration.ofSeconds(30);

    private final FairAdmission connecting = new FairAdmission(
            new Admission(CONNECT_AT_ONCE, MAY_WAIT_TO_CONNECT, CONNECT_WITHIN),
            CONNECT_AT_ONCE_OF_ONE_USER,
            CONNECT_WITHIN);
    private final Admission reading = new Admission(READ_AT_ONCE, MAY_WAIT_TO_READ, READ_WITHIN);
    private final Hubs hubs;
    private final Sources sources;
    private final OpenConnections open;
    private final PresenceWatch watch;

    public Connections(Hubs hubs, Sources sources, OpenConnections open, PresenceWatch watch) {
        this.hubs = hubs;
        this.sources = sources;
        this.open = open;
        this.watch = watch;
    }

    /** A connection on this loop that follows nothing yet; it is to be run before it is resumed. */
    public LiveConnection open(Caller caller, Loop loop, Outlet outlet) {
        return connection(caller, null, loop, outlet);
    }

    /** The same, for who gets this log alone: a conversation's, or the user's own. Nobody sees that it is there. */
    public LiveConnection open(Caller caller, LogId only, Loop loop, Outlet outlet) {
        return connection(caller, only, loop, outlet);
    }

    private LiveConnection connection(Caller caller, @Nullable LogId only, Loop loop, Outlet outlet) {
        Online online = new Online(caller.user(), UUID.randomUUID());
        Life life = new Life(sources, open, watch, online, reading, only);
        return new LiveConnection(caller.user(), caller.session(), hubs.on(loop), outlet, life);
    }

    /**
     * Starts the connection from where its client stands. First it follows, then it reads memberships and heads, until it
     * follows all that it has read of: so nothing falls between the two. Completes once the pages that {@code ready} makes
     * of the memberships, one by one as the client takes them, wait before everything else. Errors: {@code Unavailable}, also if too
     * many connect at once; {@code Unauthenticated} if the session has ended.
     */
    public Mono<Void> resume(LiveConnection connection, Resume resume, Function<Mine, Iterator<byte[]>> ready) {
        return connection
                .follow(List.of(LogId.of(connection.user())))
                .then(connecting.admit(
                        connection.user(), followed(connection).delayUntil(mine -> stillSignedIn(connection))))
                .flatMap(mine -> connection.start(mine, resume, ready))
                .flatMap(open::tellBegin)
                .checkpoint("Connections.resume");
    }

    /**
     * The same for a connection of one log. The user's own is followed too: it says when the session ends. Completes once
     * the client has been told where it stands, or is about to be. Errors also: {@code NotFound} if the log is not the
     * user's to read.
     */
    public Mono<Void> follow(LiveConnection connection, Resume resume) {
        LogId only = Objects.requireNonNull(connection.only());
        return connection
                .follow(List.of(LogId.of(connection.user()), only))
                .then(connecting.admit(
                        connection.user(), one(connection.user(), only).delayUntil(mine -> stillSignedIn(connection))))
                .flatMap(mine -> connection.start(mine, resume))
                .checkpoint("Connections.follow");
    }

    /** First the own log's head: a removal after it is heard of. */
    private Mono<Mine> one(UserId user, LogId log) {
        LogId own = LogId.of(user);
        Mono<LogHead> head =
                sources.reader().heads(List.of(own)).singleOrEmpty().defaultIfEmpty(new LogHead(own, 0));
        return head.flatMap(known -> log.equals(own)
                ? Mono.just(new Mine(known, List.of()))
                : sources.conversations()
                        .mine(user, new ConversationId(log.value()))
                        .map(conversation -> new Mine(known, List.of(conversation))));
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

    /**
     * What a connection needs for as long as it lasts.
     *
     * @param reading lets it read from the store when it is its turn
     * @param only the one log that its client gets; null: all of the user's
     */
    record Life(
            Sources sources,
            OpenConnections open,
            PresenceWatch watch,
            Online online,
            Admission reading,
            @Nullable LogId only) {}
}
