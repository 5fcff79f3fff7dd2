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
    UPDATED
}
