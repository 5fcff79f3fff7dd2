package io.parley.domain.log;

/**
 * Why an item changed: a hint for people, since the item's state says everything else.
 *
 * <p>The names in lower case are stored and are part of the public contract: they are added, never changed.
 */
public enum Reason {
    CREATED,
    EDITED,
    DELETED,
    RENAMED,
    JOINED,
    ADDED,
    PROMOTED,
    LEFT,
    REMOVED,
    REVOKED,
    UPDATED;

    /** Of a member, or a membership: somebody is in the conversation from now on. */
    public boolean comes() {
        return this == JOINED || this == ADDED;
    }

    /** Of a member, or a membership: somebody is in it no more. */
    public boolean goes() {
        return this == LEFT || this == REMOVED;
    }
}
