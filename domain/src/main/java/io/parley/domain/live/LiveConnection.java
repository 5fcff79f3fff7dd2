package io.parley.domain.live;

import io.parley.domain.auth.SessionId;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationReader.Mine;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.live.Connections.Life;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.presence.PresenceRegistry.Online;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.TalkHint;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * One client's live connection: a cursor in each log that its user may see, and what waits to be sent. Confined to one
 * loop; {@link Connections} makes them.
 */
public final class LiveConnection {
    /** A conversation's own log has its say on a removal first, unless it is not heard of for so long. */
    static final Duration REMOVAL_WITHIN = Duration.ofSeconds(2);

    private final Map<LogId, Cursor> cursors = new HashMap<>();
    private final Deque<Cursor> lagging = new ArrayDeque<>();
    private final Queue<Joined> joined = new ArrayDeque<>();
    private final Sinks.Many<Boolean> wakes = Sinks.many().multicast().directBestEffort();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final Outbound outbound;
    private final Viewport viewport;
    private final UserId user;
    private final SessionId session;
    private final Hub hub;
    private final Sources sources;
    private final Life life;

    /** The one log that the client gets; null: all. */
    private final @Nullable LogId only;

    private long waitedInVain;
    private boolean closed;

    LiveConnection(UserId user, SessionId session, Hub hub, Outlet outlet, Life life) {
        this.user = user;
        this.session = session;
        this.hub = hub;
        this.life = life;
        this.sources = life.sources();
        this.only = life.only();
        this.outbound = new Outbound(hub.loop(), outlet, sources.frames(), this::onClear);
        this.viewport = new Viewport(this, life.watch(), outbound::look);
        outbound.rest(viewport::next);
    }

    public UserId user() {
        return user;
    }

    SessionId session() {
        return session;
    }

    @Nullable
    LogId only() {
        return only;
    }

    LiveFrames frames() {
        return sources.frames();
    }

    Hub hub() {
        return hub;
    }

    /**
     * Serves the client through its outlet: to be run once, before it is resumed, as long as the client is there; cancelling
     * it ends the connection. Completes only if it is of one log: once that is no longer the user's to read, and the client
     * has taken what there was of it. Errors: {@code Unauthenticated} once the session has ended; {@code NotFound} if that
     * log went before its end could be told; faults of the server.
     */
    public Mono<Void> run() {
        return Flux.usingWhen(
                        onLoop(this::begin),
                        begun ->
                                new CatchUp(this, sources, life.reading()).run().takeUntilOther(ended.asMono()),
                        begun -> onLoop(this::close).then(tellEnd()))
                .then();
    }

    /** Who only reads one log is not there. */
    private Mono<Void> tellEnd() {
        return only == null ? life.open().tellEnd(life.online()) : Mono.empty();
    }

    private LiveConnection begin() {
        outbound.begin();
        return this;
    }

    /** From now on the client takes so many frames besides answers, until it {@link #allow}s more. */
    public Mono<Void> limit(long frames) {
        return onLoop(() -> {
                    outbound.limit(frames);
                    return user;
                })
                .then();
    }

    /** Errors: {@code InvalidInput} if the client has set no limit. */
    public Mono<Void> allow(long frames) {
        return onLoop(() -> {
                    outbound.allow(frames);
                    return user;
                })
                .then();
    }

    Online online() {
        return life.online();
    }

    /** Ends the stream with this error; once. */
    public void fail(ChatException error) {
        ended.tryEmitError(error);
    }

    /**
     * Tells the client of these, and of nobody else, whether they are there, and when they come and go. Completes when it
     * has been answered so. Errors: those of the limiter; {@code InvalidInput} if they are too many; {@code Unavailable},
     * and then it is told of nobody.
     */
    public Mono<Void> watch(Collection<UserId> users, byte[] answer) {
        return life.watch().watch(viewport, users, answer);
    }

    /** Completes when the client has taken the answer, or few enough others wait: until then, read no more commands. */
    public Mono<Void> answer(byte[] frame) {
        return outbound.answered(frame);
    }

    /** Follows the logs, without handing anything on yet. Completes on the loop. */
    Mono<Void> follow(List<LogId> logs) {
        return onLoop(() -> {
                    logs.forEach(this::cursor);
                    return logs;
                })
                .then();
    }

    /** Value: those of the logs that are not followed yet. */
    Mono<List<LogId>> unfollowed(List<LogId> logs) {
        return onLoop(
                () -> logs.stream().filter(log -> !cursors.containsKey(log)).toList());
    }

    /** Starts the one log by what was read of it: that is the first thing which the client hears. */
    Mono<Void> start(Mine mine, Resume resume) {
        return onLoop(() -> {
                    start(cursor(mine.log().log()), mine.log().head(), resume);
                    mine.conversations().forEach(conversation -> begin(mine, conversation, resume));
                    cursor(Objects.requireNonNull(only)).tellPosition();
                    return mine;
                })
                .then();
    }

    /** Starts all cursors by one snapshot of memberships and heads, after the frames that tell of it. */
    Mono<Void> start(Mine mine, Resume resume, Function<Mine, Iterator<byte[]>> ready) {
        return onLoop(() -> {
                    life.open().add(life.online());
                    forgetAllBut(mine);
                    outbound.answerInPages(ready.apply(mine));
                    start(cursor(mine.log().log()), mine.log().head(), resume);
                    mine.conversations().forEach(conversation -> begin(mine, conversation, resume));
                    return mine;
                })
                .then();
    }

    private void begin(Mine mine, MyConversation conversation, Resume resume) {
        Cursor cursor = cursor(LogId.of(conversation.id()));
        knows(cursor, mine.log().head(), conversation);
        start(cursor, conversation.head(), resume);
    }

    private static void knows(Cursor cursor, long asOf, MyConversation conversation) {
        cursor.knows(asOf, conversation.head(), conversation.visibleFromSeq(), conversation.memberCount());
    }

    private void forgetAllBut(Mine mine) {
        Set<LogId> known = new HashSet<>();
        known.add(mine.log().log());
        mine.conversations().forEach(conversation -> known.add(LogId.of(conversation.id())));
        List.copyOf(cursors.values()).stream()
                .filter(cursor -> !known.contains(cursor.id()))
                .forEach(this::end);
    }

    private void start(Cursor cursor, long head, Resume resume) {
        if (!cursor.isHeld()) {
            return;
        }
        hub.settle(cursor.log(), head);
        @Nullable Long held = resume.offsets().get(cursor.id());
        boolean lost = held != null && !resume.isWithin(held, head);
        cursor.start(held == null || lost ? head : held, lost);
    }

    private Cursor cursor(LogId log) {
        return cursors.computeIfAbsent(log, id -> new Cursor(this, hub, id));
    }

    private void end(Cursor cursor) {
        cursors.remove(cursor.id(), cursor);
        lagging.remove(cursor);
        hintNoMore(cursor.id());
        cursor.end(hub);
        Cursor own = cursors.get(LogId.of(user));
        if (own != null) {
            own.waitNoMore();
        }
        if (cursor.id().equals(only) && !closed) {
            outbound.afterAll(ended::tryEmitEmpty);
        }
    }

    /**
     * Whether the change of the user's own log tells of a removal which the conversation's log has still to tell: that one
     * is the last that the client gets of the conversation, and comes first.
     */
    boolean isToWait(Cursor own, LogEntry entry) {
        Cursor cursor = isRemoval(entry) ? cursors.get(new LogId(entry.item())) : null;
        if (cursor == null || cursor.isHeld() || cursor.asOf() >= entry.offset() || waitedInVain == entry.offset()) {
            return false;
        }
        hub.loop().later(() -> waitNoMore(own, entry.offset()), REMOVAL_WITHIN);
        return true;
    }

    private static boolean isRemoval(LogEntry entry) {
        return entry.kind() == ItemKind.MEMBERSHIP && entry.reason().goes();
    }

    private void waitNoMore(Cursor own, long offset) {
        waitedInVain = offset;
        own.waitNoMore();
    }

    /** Whether the user may tell others in this conversation that it types. */
    public Mono<Boolean> mayType(ConversationId conversation) {
        return onLoop(() -> {
            Cursor cursor = cursors.get(LogId.of(conversation));
            return cursor != null && cursor.mayType();
        });
    }

    /** Whether the user is in this conversation, as far as this connection knows. */
    public Mono<Boolean> isFollowing(ConversationId conversation) {
        return onLoop(() -> {
            Cursor cursor = cursors.get(LogId.of(conversation));
            return cursor != null && !cursor.isOut();
        });
    }

    // What follows is called on the loop.

    /** Takes over the caller's reference. */
    void send(Frame frame) {
        outbound.durable(frame);
    }

    /** Whether what is sent now goes out now: else it is not even made. */
    boolean isClear() {
        return outbound.isClear();
    }

    boolean tells(LogId log) {
        return only == null || only.equals(log);
    }

    /** Who reads one log gets what is in it. */
    boolean takesHints() {
        return only == null;
    }

    void typing(Typing typing) {
        outbound.ephemeral(HintKey.of(typing), sources.frames().typing(typing));
    }

    void receipt(Receipt receipt) {
        outbound.receipt(
                HintKey.of(receipt),
                sources.frames().receipt(receipt, receipt.user().equals(user)));
    }

    /** What came by the user's own log about a conversation: only to who is in it. */
    void pass(TalkHint hint) {
        LogId log = LogId.of(hint.conversation());
        Cursor cursor = cursors.get(log);
        if (cursor != null && !log.equals(LogId.of(user))) {
            cursor.onHint(hint);
        }
    }

    /** Nothing of the conversation may follow what ended it. */
    void hintNoMore(LogId log) {
        outbound.forget(key -> LogId.of(key.conversation()).equals(log));
    }

    void lags(Cursor cursor) {
        lagging.add(cursor);
        wake();
    }

    private void onClear() {
        if (!lagging.isEmpty()) {
            wake();
        }
    }

    private void wake() {
        // Lost only while the catch-up is awake already, and then it looks again.
        wakes.tryEmitNext(Boolean.TRUE);
    }

    Flux<Boolean> wakes() {
        return wakes.asFlux();
    }

    @Nullable
    Cursor nextLagging() {
        return lagging.poll();
    }

    /** Back into the row, without a wake: the store is away, or there is no room. */
    void waits(Cursor cursor) {
        if (cursor.isLagging()) {
            lagging.add(cursor);
        }
    }

    @Nullable
    Joined nextJoined() {
        return joined.poll();
    }

    /** The store is away: this is to be looked at again. */
    void again(Joined news) {
        joined.add(news);
    }

    /** Not the user's to read any more. */
    void forget(Cursor cursor) {
        if (cursors.get(cursor.id()) == cursor) {
            end(cursor);
        }
    }

    /** The same, as the store says; whoever reads nothing else is told so. */
    void forget(Cursor cursor, NotFound gone) {
        if (cursor.id().equals(only)) {
            fail(gone);
        } else {
            forget(cursor);
        }
    }

    void unfollow(ConversationId conversation) {
        Cursor cursor = cursors.get(LogId.of(conversation));
        if (cursor != null) {
            end(cursor);
        }
    }

    /** Somebody has come into one of the user's conversations, or gone out of it. */
    void onMember(UserId member) {
        viewport.doubt(member);
    }

    /** Nobody knows what it has not told of. */
    void onLoss() {
        viewport.doubt();
    }

    /** The user's own log says whether this connection's session goes on. */
    void onSession(LogEntry entry) {
        if (entry.kind() == ItemKind.SESSION && entry.item().equals(session.value())) {
            fail(new Unauthenticated(ErrorCode.SESSION_ENDED));
        }
    }

    /** The user's own log says what this connection may follow. */
    void onMembership(LogEntry entry) {
        if (entry.kind() != ItemKind.MEMBERSHIP) {
            return;
        }
        viewport.doubt();
        ConversationId conversation = new ConversationId(entry.item());
        Cursor cursor = cursors.get(LogId.of(conversation));
        if (entry.reason() == Reason.PROMOTED || (cursor != null && cursor.asOf() >= entry.offset())) {
            return;
        }
        unfollow(conversation);
        if (only == null && entry.reason().comes()) {
            Cursor fresh = cursor(LogId.of(conversation));
            fresh.knows(entry.offset(), 0, Long.MAX_VALUE, Integer.MAX_VALUE);
            joined.add(new Joined(conversation, entry.offset()));
            wake();
        }
    }

    /** Begins to hand on a conversation of which the user has just become a member. */
    void begin(Joined news, MyConversation conversation) {
        Cursor cursor = cursors.get(LogId.of(news.conversation()));
        if (cursor != null && cursor.isHeld()) {
            hub.settle(cursor.log(), conversation.head());
            knows(cursor, news.asOf(), conversation);
            // Not its first change but its position is what the client must know first.
            cursor.start(conversation.head(), true);
        }
    }

    private LiveConnection close() {
        closed = true;
        life.open().remove(life.online());
        viewport.end();
        outbound.end();
        List.copyOf(cursors.values()).forEach(this::end);
        joined.clear();
        return this;
    }

    <T> Mono<T> onLoop(Supplier<@Nullable T> task) {
        return Mono.create(sink -> hub.loop().execute(() -> run(task, sink)));
    }

    /** A fault of the task is the caller's to hear of: the loop would only log it, and the caller wait for ever. */
    private <T> void run(Supplier<@Nullable T> task, MonoSink<T> sink) {
        try {
            sink.success(closed ? null : task.get());
        } catch (Throwable fault) {
            // An Error too: of memory outside of the heap there may be none left for a frame.
            sink.error(fault);
        }
    }

    /** What a later hint takes the place of. */
    record HintKey(ConversationId conversation, UserId about) {
        static HintKey of(TalkHint hint) {
            return new HintKey(hint.conversation(), hint.user());
        }
    }

    /** A conversation that the user's own log has told of at this offset. */
    record Joined(ConversationId conversation, long asOf) {}
}
