package io.parley.domain.log;

/**
 * What a log holds items of. The first three are on the logs of conversations, the others on those of users.
 *
 * <p>The names in lower case are stored and travel between nodes: they are added, never changed.
 */
public enum ItemKind {
    MESSAGE,
    MEMBER,
    CONVERSATION,
    MEMBERSHIP,
    SESSION,
    PREFERENCES,
    DRAFT,
    PERSONAL
}
