package io.parley.domain.conversation;

/**
 * What a member may do beyond talking. Owners do everything; admins rename, add, and remove members; members of a direct
 * conversation are all {@code MEMBER}. The names in lower case are stored and on the wire.
 */
public enum Role {
    OWNER,
    ADMIN,
    MEMBER
}
