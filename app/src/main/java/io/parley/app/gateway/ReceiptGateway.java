package io.parley.app.gateway;

import io.parley.api.ReadPositionView;
import io.parley.api.ReceiptList;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.MarkRead;
import io.parley.domain.message.MarkReceived;
import io.parley.domain.message.ReadPositions;
import io.parley.domain.presence.Hint;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How far people have read, in the words of the public contract. Needs a {@link RequestContext}; errors are the domain's. */
@Component
public final class ReceiptGateway {
    private final MarkRead markRead;
    private final MarkReceived markReceived;
    private final ReadPositions positions;

    ReceiptGateway(MarkRead markRead, MarkReceived markReceived, ReadPositions positions) {
        this.markRead = markRead;
        this.markReceived = markReceived;
        this.positions = positions;
    }

    /** Value: where the caller stands after having read up to {@code seq}. */
    public Mono<ReadPositionView> read(UUID conversation, long seq) {
        return RequestContext.user()
                .flatMap(user -> markRead.mark(user, new ConversationId(conversation), seq))
                .map(Views::of);
    }

    /** Value: where the caller stands after having received everything up to {@code seq}. */
    public Mono<ReadPositionView> received(UUID conversation, long seq) {
        return RequestContext.user()
                .flatMap(user -> markReceived.mark(user, new ConversationId(conversation), seq))
                .map(Views::of);
    }

    /** Value: where the members stand; only where the caller does, if they are many. */
    public Mono<ReceiptList> list(UUID conversation) {
        return RequestContext.user()
                .flatMap(user -> positions.all(user, new ConversationId(conversation), Hint.MAX_MEMBERS))
                .map(all -> new ReceiptList(all.stream().map(Views::of).toList()));
    }
}
