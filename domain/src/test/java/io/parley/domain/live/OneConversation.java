package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.domain.auth.Caller;
import io.parley.domain.auth.RefreshToken;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.Member;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.conversation.Role;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.RecentChanges;
import io.parley.domain.presence.Hint;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.Presence;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A node with one user in one conversation, whose store, cache and presence are in memory. */
final class OneConversation
        implements ConversationReader, RecentChanges, PresenceRegistry, SessionRepository, HintChannel {
    final StoredLog stored = new StoredLog();
    final ManualLoop loop = new ManualLoop();
    final HoleReader holes = new HoleReader(stored, StoredLog::encode, () -> 0.5);
    final TextFrames frames = new TextFrames();
    final Hubs hubs = new Hubs(() -> StoredLog.EPOCH, holes, frames);
    private final Map<Long, EncodedChange> cached = new TreeMap<>();
    final UserId user = new UserId(UUID.randomUUID());
    final SessionId session = new SessionId(UUID.randomUUID());
    final PresenceWatch watch = new PresenceWatch(this, this, (limit, caller) -> Mono.empty());
    final OpenConnections open = new OpenConnections(this, this);
    private final Connections connections =
            new Connections(hubs, new Sources(this, this, stored, this, StoredLog::encode, frames), open, watch);

    /** With whom the user shares a conversation. */
    final Set<UserId> acquaintances = new HashSet<>();

    final Set<UserId> present = new HashSet<>();
    final List<Set<UserId>> looks = new ArrayList<>();
    final List<Hint> said = new ArrayList<>();
    final Sinks.Many<Boolean> forgets = Sinks.many().multicast().directBestEffort();
    boolean registryAway;
    boolean storeAway;

    boolean cacheHangs;

    /** Reads of a cache that hangs which nobody waits for any more. */
    int givenUp;

    boolean signedIn = true;

    /** The first message that the user may see. */
    long visibleFromSeq = 1;

    /** The change that brought the user in. */
    long joinedAt;

    /** How often anybody was told that somebody is there or gone. */
    int told;

    /** A connection, and what its client gets as fast as it asks for it. */
    record Opened(LiveConnection connection, Flux<byte[]> stream) {}

    Opened open() {
        PacedOutlet outlet = new PacedOutlet(loop, () -> true);
        LiveConnection connection = connections.open(new Caller(user, session, Instant.MAX), loop, outlet);
        return new Opened(connection, Flux.from(outlet).map(TextFrames::taken).takeUntilOther(connection.run()));
    }

    /** Of one log alone. */
    Opened open(LogId only) {
        PacedOutlet outlet = new PacedOutlet(loop, () -> true);
        LiveConnection connection = connections.open(new Caller(user, session, Instant.MAX), only, loop, outlet);
        return new Opened(connection, Flux.from(outlet).map(TextFrames::taken).takeUntilOther(connection.run()));
    }

    /** A change comes from the wire. */
    void arrive(EncodedChange change) {
        hubs.of(change.log()).forEach(log -> log.hear(change));
    }

    Mono<Void> follow(LiveConnection connection, Map<LogId, Long> offsets) {
        return connections.follow(connection, new Resume(true, offsets));
    }

    Mono<Void> resume(LiveConnection connection, long offset) {
        Resume from = new Resume(true, Map.of(stored.id, offset));
        return connections.resume(
                connection, from, mine -> List.of("ready".getBytes(UTF_8)).iterator());
    }

    private MyConversation conversation() {
        Conversation state =
                new Conversation(stored.conversation, ConversationKind.GROUP, null, History.ALL, Instant.EPOCH);
        return new MyConversation(
                state, Role.MEMBER, null, 2, stored.head(), stored.head(), 0, 0, 0, visibleFromSeq, joinedAt);
    }

    @Override
    public Mono<Mine> mine(UserId who) {
        return Mono.fromSupplier(() -> new Mine(new LogHead(LogId.of(who), 0), List.of(conversation())));
    }

    @Override
    public Mono<MyConversation> mine(UserId who, ConversationId id) {
        return Mono.fromSupplier(this::conversation)
                .filter(mine -> stored.member)
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN)));
    }

    @Override
    public Flux<MyConversation> mine(UserId who, @Nullable ConversationId after, int limit) {
        return Flux.error(new AssertionError("unused"));
    }

    @Override
    public Flux<Member> members(UserId reader, ConversationId id, @Nullable UserId after, int limit) {
        return Flux.error(new AssertionError("unused"));
    }

    @Override
    public Flux<Conversation> channels(@Nullable ConversationId after, int limit) {
        return Flux.error(new AssertionError("unused"));
    }

    @Override
    public Mono<Set<UserId>> met(UserId who, Collection<UserId> others) {
        return Mono.fromSupplier(() -> {
            if (storeAway) {
                throw new Unavailable(ErrorCode.STORE_UNAVAILABLE, null);
            }
            return others.stream().filter(acquaintances::contains).collect(Collectors.toSet());
        });
    }

    @Override
    public Mono<Void> put(List<EncodedChange> changes) {
        changes.forEach(change -> cached.put(change.offset(), change));
        return Mono.empty();
    }

    @Override
    public Mono<List<EncodedChange>> range(LogId log, long after, long to, int limit) {
        if (cacheHangs) {
            return Mono.<List<EncodedChange>>never().doOnCancel(() -> givenUp++);
        }
        return Mono.defer(() -> {
            List<Long> asked = LongStream.rangeClosed(after + 1, Math.min(to, after + limit))
                    .boxed()
                    .toList();
            return log.equals(stored.id) && cached.keySet().containsAll(asked)
                    ? Mono.just(asked.stream().map(cached::get).toList())
                    : Mono.empty();
        });
    }

    @Override
    public Mono<Void> beat(Collection<Online> online) {
        return Mono.fromRunnable(() -> {
            told++;
            online.forEach(connection -> present.add(connection.user()));
        });
    }

    @Override
    public Mono<Void> leave(Online online) {
        return Mono.fromRunnable(() -> told++);
    }

    @Override
    public Mono<Map<UserId, Presence>> of(Collection<UserId> users) {
        return Mono.fromSupplier(() -> {
            looks.add(Set.copyOf(users));
            return users.stream().collect(Collectors.toMap(Function.identity(), this::presence));
        });
    }

    private Presence presence(UserId who) {
        if (registryAway) {
            return Presence.UNKNOWN;
        }
        return present.contains(who) ? Presence.ONLINE : Presence.OFFLINE;
    }

    @Override
    public Flux<Boolean> forgets() {
        return forgets.asFlux();
    }

    @Override
    public Mono<Void> say(Hint hint) {
        return Mono.fromRunnable(() -> said.add(hint));
    }

    @Override
    public Mono<Void> hear(Consumer<Hint> listener) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<Boolean> isActive(SessionId id) {
        return Mono.fromSupplier(() -> signedIn && id.equals(session));
    }

    @Override
    public Mono<Void> open(NewSession fresh) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<Rotation> rotate(RefreshToken.Hash presented, RefreshToken.Hash next) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<Void> revoke(SessionId id) {
        return Mono.error(new AssertionError("unused"));
    }
}
