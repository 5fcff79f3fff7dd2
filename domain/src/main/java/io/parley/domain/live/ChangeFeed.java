package io.parley.domain.live;

import reactor.core.publisher.Flux;

/** What all nodes published, as this node hears it. */
public interface ChangeFeed {

    /**
     * Emits every change that arrives from the subscription on, in the order of each log, at least once; never
     * completes. One reader serves all subscribers: a subscriber without demand misses what it does not take, and the
     * others do not notice.
     */
    Flux<EncodedChange> changes();
}
