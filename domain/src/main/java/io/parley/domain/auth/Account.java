package io.parley.domain.auth;

import io.parley.domain.user.User;

/**
 * A person, and how they prove who they are.
 *
 * @param passwordHash as {@link PasswordHasher} made it
 */
public record Account(User user, String passwordHash) {

    @Override
    public String toString() {
        return "Account[user=" + user + ", hidden]";
    }
}
