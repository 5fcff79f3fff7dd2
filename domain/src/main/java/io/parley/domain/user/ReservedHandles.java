package io.parley.domain.user;

import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import java.util.Set;

/** Handles that nobody gets: whoever had one could pass for the operator, or be taken for a part of the protocol. */
public final class ReservedHandles {
    private static final Set<String> KEYS = Set.of(
            "abuse",
            "account",
            "accounts",
            "admin",
            "administrator",
            "all",
            "anonymous",
            "api",
            "bot",
            "bots",
            "channel",
            "contact",
            "deleted",
            "everyone",
            "guest",
            "help",
            "here",
            "hostmaster",
            "info",
            "localhost",
            "login",
            "mail",
            "me",
            "mod",
            "moderator",
            "moderators",
            "news",
            "nobody",
            "noreply",
            "no-reply",
            "null",
            "official",
            "online",
            "operator",
            "owner",
            "parley",
            "password",
            "postmaster",
            "privacy",
            "register",
            "root",
            "security",
            "service",
            "settings",
            "sign-in",
            "signin",
            "sign-out",
            "signout",
            "signup",
            "staff",
            "status",
            "support",
            "sysadmin",
            "system",
            "team",
            "undefined",
            "unknown",
            "user",
            "users",
            "webhook",
            "webhooks",
            "webmaster",
            "www");

    private ReservedHandles() {}

    /** Errors: {@code Conflict} if the handle is reserved, however it is written. */
    public static void requireFree(Handle handle) {
        if (KEYS.contains(handle.key())) {
            throw new Conflict(ErrorCode.HANDLE_RESERVED);
        }
    }
}
