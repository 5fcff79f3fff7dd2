package io.parley.domain.presence;

import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who has an open connection on any node. What it knows may be lost, and expires by itself. Nothing here fails. */
public interface PresenceRegistry {
    Duration GRACE = Duration.ofSeconds(10);

    /**
     * Notes these connections as open for the next {@code 60 s}, all in one round trip; to be repeated while they last.
     * Completes, whether it worked or not.
     */
    Mono<Void> beat(Collection<Online> connections);

    /**
     * One connection has ended: it counts for {@link #GRACE} more, so that who is back by then was never away. Completes,
     * whether it worked or not.
     */
    Mono<Void> leave(Online connection);

    /** Value: whether each of the users has a connection, asked in one round trip; UNKNOWN where nobody can tell. */
    Mono<Map<UserId, Presence>> of(Collection<UserId> users);

    /** Emits whenever what was noted may have been lost: it is to be noted again. Never completes. */
    Flux<Boolean> forgets();

    /** One open connection of one user. */
    record Online(UserId user, UUID connection) {}
}
