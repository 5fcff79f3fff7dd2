package io.parley.domain.live;

/**
 * What a client gets, as bytes ready to be sent. Many clients share one: it is made with one reference, and its memory is
 * free again once each has been released. Confined to the loop on which it was made until it is sent.
 */
public interface Frame {

    /** Length of what the client reads, in bytes. */
    int size();

    /** Value: this, with one more reference, which the caller is to release or to hand over. */
    Frame retain();

    void release();
}
