package io.parley.domain.log;

import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** What all nodes published, as this node hears it. */
public interface ChangeFeed {

    /**
     * Reads from the end of the wire on, and never completes. Emits {@link Signal#POSITIONED} whenever what is published
     * from now on will be heard but something may have been missed before: at the start, and after every discontinuity.
     * Each change goes to its listeners in between, on one thread at a time, at least once, those of one log in the order
     * in which they were published. Errors: whatever the wire suffers; it may then be subscribed again.
     *
     * @param listeners of a log: asked with its id before anything else of a record is looked at
     */
    Flux<Signal> follow(Function<LogId, ? extends List<? extends Listener>> listeners);

    /** Who follows a log on this node. */
    interface Listener {

        /** Takes a change; neither blocks nor fails. */
        void hear(EncodedChange change);
    }

    /** What a reader of the feed must know of it. */
    enum Signal {
        POSITIONED
    }
}
