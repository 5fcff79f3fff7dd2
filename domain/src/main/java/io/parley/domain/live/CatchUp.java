package io.parley.domain.live;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.live.Following.Doubt;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader.PageFor;
import io.parley.domain.log.LogReader.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings the lagging cursors of one connection back to where their logs are: they take turns, and nothing is read that
 * would have to wait. From the loop's ring, else Redis, else PostgreSQL, and from there some logs in one statement.
 */
final class CatchUp {
    /** Who is further behind reads what the store has left of it, instead of every change. */
    static final int EVERY_CHANGE = 128;

    /** Logs that are read together, as long as the client takes what is read. */
    static final int LOGS = 16;

    /** Items that are read together. */
    static final int ITEMS = 240;

    private static final Duration READ_AGAIN_AFTER = Duration.ofMillis(500);

    private final LiveConnection connection;
    private final Following following;
    private final Sources sources;
    private final Admission reading;

    /** Fewer once the client did not take what was read; more again as it does. On the loop. */
    private int together = LOGS;

    CatchUp(LiveConnection connection, Sources sources, Admission reading) {
        this.connection = connection;
        this.following = connection.following();
        this.sources = sources;
        this.reading = reading;
    }

    /** To be run as long as the connection lasts; never completes. Errors: faults of the server. */
    Mono<Void> run() {
        return following
                .wakes()
                // Listens first, and looks then: nothing falls between.
                .mergeWith(Mono.just(Boolean.TRUE))
                .onBackpressureLatest()
                .concatMap(wake -> turns(), 0)
                .then();
    }

    private Mono<Void> turns() {
        return connection
                .onLoop(this::next)
                .flatMap(Function.identity())
                .map(done -> Boolean.TRUE)
                .defaultIfEmpty(Boolean.FALSE)
                .repeat()
                .takeWhile(more -> more)
                .then();
    }

    /** The next thing to do, or null if nothing can be done now. */
    private @Nullable Mono<Boolean> next() {
        Doubt doubt = following.nextDoubt();
        if (doubt != null) {
            return settle(doubt);
        }
        List<Turn> turns = new ArrayList<>();
        boolean moved = gather(turns);
        if (turns.isEmpty()) {
            return moved ? Mono.just(Boolean.TRUE) : null;
        }
        int limit = Math.min(
                Stretch.TURN, Math.min(ITEMS / turns.size(), connection.out().room()));
        return read(turns, limit);
    }

    /** Those that must be read for, in a row; before them at most one that goes on without. Value: whether one did. */
    private boolean gather(List<Turn> turns) {
        int most = Math.min(together, Math.max(1, connection.out().room() / 2));
        while (turns.size() < most && connection.isClear()) {
            Cursor cursor = following.nextLagging();
            boolean read = cursor != null && needsRead(cursor);
            if (cursor == null || (!read && !turns.isEmpty())) {
                return false;
            }
            following.takes(cursor);
            if (!read) {
                goOn(cursor);
                return true;
            }
            turns.add(new Turn(cursor, cursor.offset(), cursor.log().position(), List.of()));
        }
        return false;
    }

    private static boolean needsRead(Cursor cursor) {
        return !cursor.isLost()
                && cursor.offset() < cursor.log().position()
                && cursor.log().recent(cursor.offset()) == null;
    }

    private static void goOn(Cursor cursor) {
        if (cursor.tellLoss()) {
            return;
        }
        List<EncodedChange> ring = cursor.log().recent(cursor.offset());
        if (ring == null || ring.isEmpty()) {
            cursor.onNothing();
        } else {
            cursor.onEvery(ring);
        }
    }

    private Mono<Boolean> settle(Doubt doubt) {
        return reading.admit(sources.conversations().mine(connection.user(), doubt.conversation()))
                .flatMap(conversation -> done(() -> following.settle(doubt, conversation)))
                .onErrorResume(NotFound.class, gone -> done(() -> following.settle(doubt, gone)))
                .onErrorResume(Unavailable.class, away -> later(() -> following.again(doubt)));
    }

    private Mono<Boolean> read(List<Turn> turns, int limit) {
        return Flux.fromIterable(turns)
                .flatMapSequential(this::cached, LOGS)
                .collectList()
                .flatMap(found -> connection.onLoop(() -> handCached(found)))
                .flatMap(missing -> missing.isEmpty() ? Mono.just(Boolean.TRUE) : stored(missing, limit));
    }

    /** All of them, or none: what is to be told of the first depends on the last. */
    private Mono<Turn> cached(Turn turn) {
        return turn.to() - turn.after() > EVERY_CHANGE
                ? Mono.just(turn)
                : sources.recent()
                        .range(turn.log(), turn.after(), turn.to(), EVERY_CHANGE)
                        .map(turn::with)
                        .defaultIfEmpty(turn);
    }

    /** Value: those that are not in the cache. */
    private List<Turn> handCached(List<Turn> turns) {
        List<Turn> missing = new ArrayList<>();
        for (Turn turn : turns) {
            if (turn.every().isEmpty()) {
                missing.add(turn);
            } else {
                hand(turn, () -> turn.cursor().onEvery(turn.every()));
            }
        }
        return missing;
    }

    private Mono<Boolean> stored(List<Turn> turns, int limit) {
        List<Range> ranges = turns.stream().map(Turn::range).toList();
        return reading.admit(sources.reader().pagesFor(connection.user(), ranges, limit))
                // Written before they come to the loop.
                .map(this::encoded)
                .flatMap(pages -> done(() -> handStored(turns, pages, limit)))
                .onErrorResume(
                        Unavailable.class, away -> later(() -> turns.forEach(turn -> following.waits(turn.cursor()))));
    }

    private Map<LogId, Stored> encoded(Map<LogId, PageFor> pages) {
        return pages.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, page -> encoded(page.getValue())));
    }

    private Stored encoded(PageFor read) {
        List<EncodedChange> changes =
                read.page().changes().stream().map(sources.encoder()::encode).toList();
        return new Stored(read.page(), read.joinedAt(), changes);
    }

    private void handStored(List<Turn> turns, Map<LogId, Stored> pages, int limit) {
        for (Turn turn : turns) {
            Stored stored = pages.get(turn.log());
            if (stored == null) {
                gone(turn.cursor());
            } else {
                hand(turn, () -> onStored(turn, stored, limit));
            }
        }
    }

    private void gone(Cursor cursor) {
        if (cursor instanceof ConversationCursor conversation) {
            following.forget(conversation, new NotFound(ErrorCode.CONVERSATION_UNKNOWN));
        }
    }

    /** What the client does not take any more was read for nothing. A cursor moves by its turns alone, one after the other. */
    private void hand(Turn turn, Runnable task) {
        if (!turn.cursor().isLagging()) {
            return;
        }
        if (connection.isClear()) {
            together = Math.min(LOGS, together + 1);
            task.run();
        } else {
            together = Math.max(1, together / 2);
            following.waits(turn.cursor());
        }
    }

    private static void onStored(Turn turn, Stored stored, int limit) {
        LogPage page = stored.page();
        if (page.floor() > turn.after()) {
            turn.cursor().lose();
        } else {
            Stretch stretch = new Stretch(stored.changes(), page.next(turn.to(), limit));
            turn.cursor().onPage(stretch, stored.joinedAt());
        }
    }

    private Mono<Boolean> done(Runnable task) {
        return connection.onLoop(() -> {
            task.run();
            return Boolean.TRUE;
        });
    }

    private Mono<Boolean> later(Runnable task) {
        return Mono.delay(READ_AGAIN_AFTER).then(done(task));
    }

    /**
     * One cursor's turn.
     *
     * @param every all changes with {@code after < offset <= to}; empty if they are not known
     */
    private record Turn(Cursor cursor, long after, long to, List<EncodedChange> every) {
        LogId log() {
            return cursor.id();
        }

        Range range() {
            return new Range(log(), after, to);
        }

        Turn with(List<EncodedChange> all) {
            return new Turn(cursor, after, to, all);
        }
    }

    /** A page as it was read, and as clients get it. */
    private record Stored(LogPage page, long joinedAt, List<EncodedChange> changes) {}
}
