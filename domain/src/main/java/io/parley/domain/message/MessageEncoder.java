package io.parley.domain.message;

import io.parley.domain.live.EncodedChange;

/** Turns a stored message into the bytes that every follower gets: once, by the node that stored it. */
public interface MessageEncoder {

    /** Pure and fast: called on event loops. */
    EncodedChange encode(Message message);
}
