package io.parley.domain.conversation;

/** From where on a new member may read. The names in lower case are stored and on the wire. */
public enum History {
    /** From the first message on. */
    ALL,
    /** From the first message after joining on. */
    JOINED
}
