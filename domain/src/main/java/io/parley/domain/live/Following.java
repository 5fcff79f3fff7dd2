package io.parley.domain.live;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationReader.Mine;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.error.NotFound;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * What one connection follows: a cursor in each log, those that lag in a row, and what is in doubt of its user's
 * memberships, until {@link CatchUp} has looked. Confined to the connection's loop.
 */
final class Following {
    /** A conversation's own log has its say on a removal first, unless it is not heard of for so long. */
    static final Duration REMOVAL_WITHIN = Duration.ofSeconds(2);

    private final Map<LogId, ConversationCursor> conversations = new HashMap<>();
    /** In the order of their turns; who stands still or ends meanwhile is passed by then. */
    private final Set<Cursor> lagging = new LinkedHashSet<>();

    private final Queue<Doubt> doubts = new ArrayDeque<>();
    private final Sinks.Many<Boolean> wakes = Sinks.many().multicast().directBestEffort();
    private final LiveConnection connection;
    private final Hub hub;
    private @Nullable OwnCursor own;
    private long waitedInVain;

    Following(LiveConnection connection, Hub hub) {
        this.connection = connection;
        this.hub = hub;
    }

    /** Follows these logs, without handing anything on yet. */
    void follow(List<LogId> logs) {
        logs.forEach(this::cursor);
    }

    private Cursor cursor(LogId log) {
        return connection.isOwn(log) ? own() : conversation(log);
    }

    private OwnCursor own() {
        OwnCursor cursor = own;
        if (cursor == null) {
            cursor = new OwnCursor(connection, hub, LogId.of(connection.user()));
            own = cursor;
        }
        return cursor;
    }

    private ConversationCursor conversation(LogId log) {
        return conversations.computeIfAbsent(log, id -> new ConversationCursor(connection, hub, id));
    }

    boolean isFollowing(LogId log) {
        return connection.isOwn(log) ? own != null : conversations.containsKey(log);
    }

    @Nullable
    ConversationCursor of(ConversationId conversation) {
        return conversations.get(LogId.of(conversation));
    }

    /** Starts all cursors by one snapshot of memberships and heads, and forgets what is not in it. */
    void start(Mine mine, Resume resume) {
        forgetAllBut(mine);
        start(own(), mine.log().head(), resume, offset -> true);
        mine.conversations().forEach(one -> {
            ConversationCursor cursor = conversation(LogId.of(one.id()));
            cursor.knows(mine.log().head(), one);
            start(cursor, one.head(), resume, one::goesOnFrom);
        });
    }

    private void forgetAllBut(Mine mine) {
        Set<LogId> known =
                mine.conversations().stream().map(one -> LogId.of(one.id())).collect(Collectors.toSet());
        List.copyOf(conversations.values()).stream()
                .filter(cursor -> !known.contains(cursor.id()))
                .forEach(this::end);
    }

    private void start(Cursor cursor, long head, Resume resume, LongPredicate goesOn) {
        if (!cursor.isHeld()) {
            return;
        }
        hub.settle(cursor.log(), head);
        @Nullable Long held = resume.offsets().get(cursor.id());
        boolean lost = held != null && !(resume.isWithin(held, head) && goesOn.test(held));
        cursor.start(held == null || lost ? head : held, lost);
    }

    /** For who reads one log: that is the first thing which the client hears. */
    void tellPosition(LogId only) {
        cursor(only).tellPosition();
    }

    private void end(ConversationCursor cursor) {
        conversations.remove(cursor.id(), cursor);
        lagging.remove(cursor);
        connection.hintNoMore(cursor.id());
        cursor.end(hub);
        if (own != null) {
            own.waitNoMore();
        }
        connection.onEnded(cursor.id());
    }

    void endAll() {
        List.copyOf(conversations.values()).forEach(this::end);
        if (own != null) {
            own.end(hub);
        }
        lagging.clear();
        doubts.clear();
    }

    /**
     * Whether the change of the user's own log tells of a removal which the conversation's log has still to tell: that one
     * is the last that the client gets of the conversation, and comes first.
     */
    boolean isToWait(OwnCursor cursorOfUser, LogEntry entry) {
        boolean removal = entry.kind() == ItemKind.MEMBERSHIP && entry.reason().goes();
        ConversationCursor cursor = removal ? conversations.get(new LogId(entry.item())) : null;
        if (cursor == null || cursor.isHeld() || cursor.asOf() >= entry.offset() || waitedInVain == entry.offset()) {
            return false;
        }
        hub.loop().later(() -> waitNoMore(cursorOfUser, entry.offset()), REMOVAL_WITHIN);
        return true;
    }

    private void waitNoMore(OwnCursor cursorOfUser, long offset) {
        waitedInVain = Math.max(waitedInVain, offset);
        cursorOfUser.waitNoMore();
    }

    /** The user's own log says what this connection may follow. */
    void onMembership(LogEntry entry) {
        ConversationId conversation = new ConversationId(entry.item());
        ConversationCursor cursor = of(conversation);
        if (cursor != null && cursor.asOf() >= entry.offset()) {
            return;
        }
        if (cursor != null && entry.reason() == Reason.PROMOTED) {
            // It may have superseded that the user was out, and came in again.
            doubt(cursor, entry.offset());
            return;
        }
        unfollow(conversation);
        if (!entry.reason().goes() && connection.tells(LogId.of(conversation))) {
            doubt(conversation(LogId.of(conversation)), entry.offset());
        }
    }

    /** Whether the change of the user's own log tells of a removal after which the user came in again, as is known. */
    boolean isOver(LogEntry entry) {
        boolean removal = entry.kind() == ItemKind.MEMBERSHIP && entry.reason().goes();
        ConversationCursor cursor = removal ? of(new ConversationId(entry.item())) : null;
        return cursor != null && cursor.asOf() >= entry.offset();
    }

    /** The cursor stands still until it is known again what its user may see. */
    void doubt(ConversationCursor cursor, long asOf) {
        cursor.doubt(asOf);
        doubts.add(new Doubt(cursor.conversation(), asOf));
        wake();
    }

    /** The user is a member, and sees this. Whoever may see what it saw before goes on; for others it is another beginning. */
    void settle(Doubt doubt, MyConversation conversation) {
        ConversationCursor cursor = of(doubt.conversation());
        // Another one may have begun since, of which this says nothing.
        if (cursor == null || !cursor.isHeld() || cursor.asOf() != doubt.asOf()) {
            return;
        }
        boolean same = cursor.mayGoOn(conversation);
        hub.settle(cursor.log(), conversation.head());
        cursor.knows(doubt.asOf(), conversation);
        if (same) {
            cursor.goOn();
        } else {
            // Not its first change but its position is what the client must know first.
            cursor.start(conversation.head(), true);
        }
    }

    /** The user is no member. */
    void settle(Doubt doubt, NotFound gone) {
        ConversationCursor cursor = of(doubt.conversation());
        if (cursor != null && cursor.isHeld() && cursor.asOf() == doubt.asOf()) {
            forget(cursor, gone);
        }
    }

    /** Not the user's to read any more, as the store says; whoever reads nothing else is told so. */
    void forget(ConversationCursor cursor, NotFound gone) {
        if (conversations.get(cursor.id()) != cursor) {
            return;
        }
        if (connection.isOnly(cursor.id())) {
            connection.fail(gone);
        } else {
            end(cursor);
        }
    }

    void unfollow(ConversationId conversation) {
        ConversationCursor cursor = of(conversation);
        if (cursor != null) {
            end(cursor);
        }
    }

    /** What came by the user's own log about a conversation: only to who is in it. */
    void pass(HintDelivery delivery) {
        ConversationCursor cursor = of(delivery.hint().conversation());
        if (cursor != null) {
            cursor.onHint(delivery);
        }
    }

    void lags(Cursor cursor) {
        lagging.add(cursor);
        wake();
    }

    /** There is room, or may be. */
    void look() {
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

    /** Whose turn it is: stays in the row until it {@link #takes} it. */
    @Nullable
    Cursor nextLagging() {
        while (!lagging.isEmpty()) {
            Cursor next = lagging.iterator().next();
            if (next.isLagging()) {
                return next;
            }
            lagging.remove(next);
        }
        return null;
    }

    void takes(Cursor turn) {
        lagging.remove(turn);
    }

    /** Back into the row, without a wake: the store is away, or there is no room. */
    void waits(Cursor cursor) {
        if (cursor.isLagging()) {
            lagging.add(cursor);
        }
    }

    @Nullable
    Doubt nextDoubt() {
        return doubts.poll();
    }

    /** The store is away: this is to be looked at again. */
    void again(Doubt doubt) {
        doubts.add(doubt);
    }

    /** Whether the user is in a conversation, and since when: as the user's own log told of it at this offset. */
    record Doubt(ConversationId conversation, long asOf) {}
}
