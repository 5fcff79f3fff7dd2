package io.parley.domain.log;

import java.util.List;
import reactor.core.publisher.Mono;

/** The latest changes of each log, where they may be lost: a cache before the stored log. */
public interface RecentChanges {

    /** Keeps these changes, best effort: completes, whether it worked or not. */
    Mono<Void> put(List<EncodedChange> changes);

    /**
     * Value: every change with {@code after < offset <= to}, in offset order, at most {@code limit}; empty if one of them
     * is not there. So what is answered is whole: density is the check. Never fails: who has nothing answers empty.
     */
    Mono<List<EncodedChange>> range(LogId log, long after, long to, int limit);
}
