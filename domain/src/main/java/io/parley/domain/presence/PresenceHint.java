package io.parley.domain.presence;

import io.parley.domain.user.UserId;

/** That this user may have come or gone: whoever wants to know looks again. */
public record PresenceHint(UserId user) implements Hint {}
