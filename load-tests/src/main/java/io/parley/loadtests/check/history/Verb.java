package io.parley.loadtests.check.history;

/** What a client asks for. */
public enum Verb {
    SEND,
    EDIT,
    DELETE,
    READ,
    RECEIVED,
    ADD,
    REMOVE,
    LEAVE,
    /** A page of the history. */
    PAGE
}
