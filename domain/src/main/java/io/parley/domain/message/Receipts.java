package io.parley.domain.message;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.Announcer;
import io.parley.domain.message.ReadPositions.Moved;
import io.parley.domain.presence.Hint;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.Receipt;
import io.parley.domain.user.UserId;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What reading and receiving share: who says so is counted, and what moved is told. */
public record Receipts(ReadPositions positions, RateLimiter limiter, HintChannel channel, Announcer announcer) {

    /** Value: that of the move, once those whom it concerns are about to hear. Errors: those of the limiter and the move. */
    Mono<Moved> by(RateLimit limit, UserId member, ConversationId conversation, Supplier<Mono<Moved>> move) {
        return limiter.acquire(limit, member.value().toString())
                .then(Mono.defer(move))
                .delayUntil(moved -> announcer.announceEntries(moved.entries()))
                .delayUntil(moved -> moved.moved() ? channel.say(receipt(conversation, moved)) : Mono.empty());
    }

    private static Receipt receipt(ConversationId conversation, Moved moved) {
        return new Receipt(
                conversation,
                moved.standing().user(),
                moved.standing().readSeq(),
                moved.standing().deliveredSeq(),
                moved.unread(),
                moved.members() <= Hint.MAX_MEMBERS);
    }
}
