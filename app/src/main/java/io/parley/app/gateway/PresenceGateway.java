package io.parley.app.gateway;

import io.parley.api.ClientFrame;
import io.parley.api.PresenceView;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.presence.FindPresence;
import io.parley.domain.presence.SayTyping;
import io.parley.domain.user.UserId;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who is there and who is typing, in the words of the public contract. Needs a {@link RequestContext}. */
@Component
public final class PresenceGateway {
    private final FindPresence findPresence;
    private final SayTyping sayTyping;

    PresenceGateway(FindPresence findPresence, SayTyping sayTyping) {
        this.findPresence = findPresence;
        this.sayTyping = sayTyping;
    }

    /** Value: whether the user is there; unknown to strangers. */
    public Mono<PresenceView> of(UUID user) {
        return RequestContext.user()
                .flatMap(asker -> findPresence.of(asker, new UserId(user)))
                .map(presence -> new PresenceView(user, Views.word(presence)));
    }

    /** Completes once the others in the conversation have been told. */
    public Mono<Void> typing(ClientFrame.Typing typing) {
        return RequestContext.user()
                .flatMap(user -> sayTyping.say(user, new ConversationId(Required.field(typing.conversationId()))));
    }
}
