package io.parley.domain.live;

import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * An {@link Admission} in front of which each user has a line of its own: of however many who come in one user's name,
 * only a few stand between the others and their turn. From any thread.
 */
final class FairAdmission {
    /** More than anybody has connections and followed logs: it only keeps a line from being endless. */
    private static final int MAY_WAIT_IN_ONES_LINE = 64;

    private final Map<UserId, Line> lines = new ConcurrentHashMap<>();
    private final Admission all;
    private final int atOnceOfOne;
    private final Duration patience;

    /** @param atOnceOfOne so many of one user are let in, or wait among all others */
    FairAdmission(Admission all, int atOnceOfOne, Duration patience) {
        this.all = all;
        this.atOnceOfOne = atOnceOfOne;
        this.patience = patience;
    }

    /** See {@link Admission#admit}; both lines together are waited in no longer than this has patience. */
    <T> Mono<T> admit(UserId user, Mono<T> work) {
        return Mono.using(() -> enter(user), line -> admit(line.own(), work), line -> leave(user));
    }

    private <T> Mono<T> admit(Admission own, Mono<T> work) {
        long end = now() + patience.toMillis();
        return own.admit(Mono.defer(() -> all.admit(work, Duration.ofMillis(Math.max(0, end - now())))));
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.MILLISECONDS);
    }

    private Line enter(UserId user) {
        return Objects.requireNonNull(lines.compute(
                user,
                (same, known) -> known == null
                        ? new Line(new Admission(atOnceOfOne, MAY_WAIT_IN_ONES_LINE, patience), 1)
                        : new Line(known.own(), known.inside() + 1)));
    }

    private void leave(UserId user) {
        lines.computeIfPresent(
                user, (same, known) -> known.inside() == 1 ? null : new Line(known.own(), known.inside() - 1));
    }

    /** Whether nobody is in any line. */
    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** One user's own line, and how many are in it or have come out of it and are at work. */
    private record Line(Admission own, int inside) {}
}
