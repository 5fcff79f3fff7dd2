package io.parley.domain.conversation;

import io.parley.domain.log.LogHead;
import io.parley.domain.user.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What somebody may see of conversations. Membership is decided in each statement. Errors of all: {@code Unavailable}. */
public interface ConversationReader {

    /**
     * All that the user is in now, and the head of the user's own log: one statement, one snapshot.
     */
    Mono<Mine> mine(UserId user);

    /** Value: one of them. Errors: {@code NotFound} CONVERSATION_UNKNOWN. */
    Mono<MyConversation> mine(UserId user, ConversationId id);

    /** Emits at most {@code limit} of them by id, from after {@code after} on (null: from the first on). */
    Flux<MyConversation> mine(UserId user, @Nullable ConversationId after, int limit);

    /**
     * Emits at most {@code limit} members by the ids of users, from after {@code after} on. Errors: {@code NotFound}
     * CONVERSATION_UNKNOWN if the reader is not one of them.
     */
    Flux<Member> members(UserId reader, ConversationId id, @Nullable UserId after, int limit);

    /** Emits at most {@code limit} channels by id, from after {@code after} on, whoever is in them. */
    Flux<Conversation> channels(@Nullable ConversationId after, int limit);

    /** Value: those of the others with whom the user is in one conversation at least. */
    Mono<Set<UserId>> met(UserId user, Collection<UserId> others);

    /**
     * Everything that one user is in.
     *
     * @param log the user's own log and its head
     */
    record Mine(LogHead log, List<MyConversation> conversations) {}
}
