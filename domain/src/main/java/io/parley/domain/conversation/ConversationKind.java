package io.parley.domain.conversation;

/** Who finds a conversation and how it gets its members. The names in lower case are stored and on the wire. */
public enum ConversationKind {
    /** Two people, for good: nobody joins, nobody leaves. */
    DIRECT,
    /** Those who have been added. */
    GROUP,
    /** Whoever joins: everybody who is signed in may. */
    CHANNEL
}
