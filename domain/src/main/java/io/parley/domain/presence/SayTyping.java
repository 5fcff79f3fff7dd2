package io.parley.domain.presence;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.user.UserId;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Tells the others in a conversation that somebody is writing, unless they are too many to care. */
public final class SayTyping {

    static final RateLimit LIMIT = new RateLimit("typing", 20, Duration.ofMillis(500));

    private final ConversationReader conversations;
    private final HintChannel channel;
    private final RateLimiter limiter;

    public SayTyping(ConversationReader conversations, HintChannel channel, RateLimiter limiter) {
        this.conversations = conversations;
        this.channel = channel;
        this.limiter = limiter;
    }

    /** Completes once it is said, or need not be. Errors: those of the limiter, {@code NotFound}, {@code Unavailable}. */
    public Mono<Void> say(UserId user, ConversationId conversation) {
        return say(
                new Typing(conversation, user),
                Mono.defer(() -> conversations.mine(user, conversation))
                        .map(mine -> mine.memberCount() <= Hint.MAX_MEMBERS));
    }

    /** The same for who knows whether the user is among at most {@link Hint#MAX_MEMBERS}. Errors also: those of {@code few}. */
    public Mono<Void> say(Typing typing, Mono<Boolean> few) {
        return limiter.acquire(LIMIT, typing.user().value().toString())
                .then(few)
                .filter(Boolean::booleanValue)
                .flatMap(heard -> channel.say(typing))
                .checkpoint("SayTyping");
    }
}
