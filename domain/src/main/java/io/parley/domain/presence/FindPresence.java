package io.parley.domain.presence;

import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.user.UserId;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Tells whether somebody is there, to those who share a conversation with them, and to themselves. */
public final class FindPresence {
    private final ConversationReader conversations;
    private final PresenceRegistry registry;

    public FindPresence(ConversationReader conversations, PresenceRegistry registry) {
        this.conversations = conversations;
        this.registry = registry;
    }

    /** Value: UNKNOWN for strangers, and if nobody can tell. Errors: {@code Unavailable}. */
    public Mono<Presence> of(UserId asker, UserId user) {
        return Mono.defer(() -> asker.equals(user) ? Mono.just(Set.of(user)) : conversations.met(asker, Set.of(user)))
                .filter(met -> met.contains(user))
                .flatMap(met -> registry.of(met))
                .mapNotNull(found -> found.get(user))
                .defaultIfEmpty(Presence.UNKNOWN)
                .checkpoint("FindPresence");
    }
}
