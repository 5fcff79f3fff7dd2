package io.parley.domain.user;

/**
 * Who somebody is in the eyes of others, as it stands beside what they do.
 *
 * @param handle as its owner writes it
 * @param displayName for people to read
 */
public record UserName(UserId id, String handle, String displayName) {}
