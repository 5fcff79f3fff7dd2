package io.parley.domain.live;

import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.live.LiveConnection.Joined;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Brings the lagging cursors of one connection back to where their logs are: they take turns, and nothing is read that
 * would have to wait. From the loop's ring, else Redis, else PostgreSQL.
 */
final class CatchUp {
    /** Who is further behind reads what the store has left of it, instead of every change. */
    static final int EVERY_CHANGE = 128;

    private static final Duration READ_AGAIN_AFTER = Duration.ofMillis(500);

    private final LiveConnection connection;
    private final Sources sources;
    private final Admission reading;

    CatchUp(LiveConnection connection, Sources sources, Admission reading) {
        this.connection = connection;
        this.sources = sources;
        this.reading = reading;
    }

    /** To be run as long as the connection lasts; never completes. Errors: faults of the server. */
    Mono<Void> run() {
        return connection
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
        Joined joined = connection.nextJoined();
        if (joined != null) {
            return begin(joined);
        }
        while (connection.isClear()) {
            Cursor cursor = connection.nextLagging();
            if (cursor == null) {
                return null;
            }
            if (cursor.isLagging() && !cursor.tellLoss()) {
                return turn(cursor);
            }
        }
        return null;
    }

    private Mono<Boolean> begin(Joined joined) {
        return reading.admit(sources.conversations().mine(connection.user(), joined.conversation()))
                .flatMap(conversation -> connection.onLoop(() -> {
                    connection.begin(joined, conversation);
                    return Boolean.TRUE;
                }))
                .onErrorResume(NotFound.class, gone -> done(() -> connection.unfollow(joined.conversation())))
                .onErrorResume(Unavailable.class, away -> later(() -> connection.again(joined)));
    }

    private Mono<Boolean> turn(Cursor cursor) {
        long position = cursor.log().position();
        if (cursor.offset() >= position) {
            cursor.onRead(new Stretch(List.of(), cursor.offset()));
            return Mono.just(Boolean.TRUE);
        }
        List<EncodedChange> ring = cursor.log().recent(cursor.offset());
        if (ring != null) {
            cursor.onEvery(ring);
            return Mono.just(Boolean.TRUE);
        }
        return read(cursor, cursor.offset(), position)
                .onErrorResume(NotFound.class, gone -> done(() -> connection.forget(cursor, gone)))
                .onErrorResume(Unavailable.class, away -> later(() -> connection.waits(cursor)));
    }

    private Mono<Boolean> read(Cursor cursor, long after, long to) {
        LogId log = cursor.id();
        return every(log, after, to)
                .flatMap(changes -> done(() -> onEvery(cursor, changes)))
                .switchIfEmpty(Mono.defer(
                        () -> reading.admit(sources.reader().pageFor(connection.user(), log, after, to, Stretch.TURN))
                                .flatMap(page -> stored(cursor, after, to, page))));
    }

    /** All of them, or none: what is to be told of the first depends on the last. */
    private Mono<List<EncodedChange>> every(LogId log, long after, long to) {
        return to - after > EVERY_CHANGE
                ? Mono.empty()
                : sources.recent().range(log, after, to, EVERY_CHANGE).filter(changes -> !changes.isEmpty());
    }

    private static void onEvery(Cursor cursor, List<EncodedChange> changes) {
        if (cursor.isLagging()) {
            cursor.onEvery(changes);
        }
    }

    private Mono<Boolean> stored(Cursor cursor, long after, long to, LogPage page) {
        List<EncodedChange> changes =
                page.changes().stream().map(sources.encoder()::encode).toList();
        return done(() -> onPage(cursor, after, to, page, changes));
    }

    private static void onPage(Cursor cursor, long after, long to, LogPage page, List<EncodedChange> changes) {
        if (!cursor.isLagging()) {
            return;
        }
        if (page.floor() > after) {
            cursor.lose();
            return;
        }
        cursor.onRead(new Stretch(changes, page.next(to, Stretch.TURN)));
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
}
