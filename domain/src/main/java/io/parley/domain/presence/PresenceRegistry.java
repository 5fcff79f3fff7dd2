package io.parley.domain.presence;

import io.parley.domain.user.UserId;
import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Who has an open connection on any node. What it knows may be lost, and expires by itself. Nothing here fails. */
public interface PresenceRegistry {

    /**
     * Notes these connections as open for the next {@code 60 s}, all in one round trip; to be repeated while they last.
     * Completes, whether it worked or not.
     */
    Mono<Void> beat(Collection<Online> connections);

    /** Forgets one connection. Completes, whether it worked or not. */
    Mono<Void> leave(Online connection);

    /** Value: whether the user has a connection; UNKNOWN if nobody can tell. */
    Mono<Presence> of(UserId user);

    /** One open connection of one user. */
    record Online(UserId user, UUID connection) {}
}
