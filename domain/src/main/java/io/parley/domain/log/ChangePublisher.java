package io.parley.domain.log;

import reactor.core.publisher.Flux;

/** Carries changes from the node that stored them to all nodes. */
public interface ChangePublisher {

    /**
     * Sends what arrives, in order, and emits each change once the wire has confirmed it. What is not confirmed within
     * five seconds is given up and not emitted: it stays in the outbox. Completes with its input; fails if the wire
     * cannot be used at all, and may then be called again.
     */
    Flux<EncodedChange> publish(Flux<EncodedChange> changes);
}
