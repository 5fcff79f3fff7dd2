package io.parley.domain.presence;

/** Whether somebody is there. The names in lower case are on the wire. */
public enum Presence {
    ONLINE,
    OFFLINE,
    UNKNOWN
}
