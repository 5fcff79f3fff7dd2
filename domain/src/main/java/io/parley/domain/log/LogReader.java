package io.parley.domain.log;

import io.parley.domain.user.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The stored logs: compacted, each item once at its latest change. */
public interface LogReader {
    /** The end of a log, whatever it is. */
    long HEAD = Long.MAX_VALUE;

    /**
     * Value: the items with {@code after < offset <= to}, in offset order, at most {@code limit}, with the head and floor
     * of the same snapshot: one statement. Nobody's rights are looked at: the changes are the same for all followers. An
     * unknown log is empty, with head 0. Errors: {@code Unavailable}.
     */
    Mono<LogPage> page(LogId log, long after, long to, int limit);

    /**
     * The same for one reader, decided in that statement: messages that the reader may not see are left out. Errors also:
     * {@code NotFound} if the log is a conversation's of which the reader is not a member now, or another user's.
     */
    Mono<LogPage> pageFor(UserId reader, LogId log, long after, long to, int limit);

    /**
     * Value: a page of each of these ranges, in their order: of one snapshot, at most {@code limit} items each, in one
     * statement. For the rest as {@link #page}. Errors: {@code Unavailable}.
     */
    Mono<List<LogPage>> pages(List<Range> ranges, int limit);

    /**
     * The same for one reader, as {@link #pageFor} decides it for each: those that the reader may not read are not there.
     * At most {@code limit} items of each range, in one statement. Errors: {@code Unavailable}.
     */
    Mono<Map<LogId, PageFor>> pagesFor(UserId reader, List<Range> ranges, int limit);

    /** Emits the head of each log that exists, in any order, all of one snapshot. Errors: {@code Unavailable}. */
    Flux<LogHead> heads(Collection<LogId> logs);

    /**
     * Emits, in the order given, the present state of each item whose latest change still is that entry; those that have
     * moved on are left out, since their later entry is under way. Errors: {@code Unavailable}.
     */
    Flux<Change> present(List<LogEntry> entries);

    /**
     * A page as one reader may see it.
     *
     * @param joinedAt offset of the change of this log that brought the reader in, as of the same snapshot; 0 in the
     *     reader's own log
     */
    record PageFor(LogPage page, long joinedAt) {}

    /** Offsets of a log with {@code after < offset <= to}. */
    record Range(LogId log, long after, long to) {

        /** All that follows an offset. */
        public Range(LogId log, long after) {
            this(log, after, HEAD);
        }
    }
}
