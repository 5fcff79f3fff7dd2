package io.parley.domain.personal;

/** Of what in a conversation a member wants to hear while away. The names in lower case are stored and on the wire. */
public enum Notify {
    ALL,
    MENTIONS,
    NOTHING
}
