package io.parley.domain.live;

/** Carries changes from the node that stored them to all nodes. */
public interface ChangePublisher {

    /**
     * Takes the change for sending and returns at once, never blocking; false if the bounded queue is full, in which
     * case the change is not sent. Changes of one log offered in order are sent in order.
     */
    boolean offer(EncodedChange change);
}
