package io.parley.domain.log;

import java.util.function.Consumer;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;

/** What all nodes published, as this node hears it. */
public interface ChangeFeed {

    /**
     * Reads from the end of the wire on, and never completes. Emits {@link Signal#POSITIONED} whenever what is published
     * from now on will be heard but something may have been missed before: at the start, and after every discontinuity.
     * Each change goes to {@code listener} in between, on one thread at a time, at least once, those of one log in the
     * order in which they were published; the listener neither blocks nor fails. Errors: whatever the wire suffers; it
     * may then be subscribed again.
     *
     * @param wanted asked with the log's id before anything else of a record is looked at
     */
    Flux<Signal> follow(Predicate<LogId> wanted, Consumer<EncodedChange> listener);

    /** What a reader of the feed must know of it. */
    enum Signal {
        POSITIONED
    }
}
