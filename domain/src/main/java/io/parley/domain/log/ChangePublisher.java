package io.parley.domain.log;

import reactor.core.publisher.Flux;

/** Carries changes from the node that stored them to all nodes. */
public interface ChangePublisher {

    /**
     * Sends what arrives, in order, and emits each change once the wire has confirmed it. What the wire refuses, or
     * does not confirm within five seconds, is given up and not emitted: it stays in the outbox, and harms none of the
     * others. Completes with its input; fails if the wire cannot be used at all, and may then be called again.
     */
    Flux<EncodedChange> publish(Flux<EncodedChange> changes);
}
