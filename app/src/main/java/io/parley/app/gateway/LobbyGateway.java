package io.parley.app.gateway;

import io.parley.api.HistoryRequest;
import io.parley.api.MessageView;
import io.parley.domain.live.EncodedChange;
import io.parley.domain.live.FollowChanges;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.MessageRepository;
import io.parley.domain.message.PostMessage;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The lobby in the words of the public contract, for every transport. Errors are the domain's. */
@Component
public final class LobbyGateway {
    private final PostMessage postMessage;
    private final MessageRepository messages;
    private final FollowChanges followChanges;
    private final Closing closing;

    LobbyGateway(PostMessage postMessage, MessageRepository messages, FollowChanges followChanges, Closing closing) {
        this.postMessage = postMessage;
        this.messages = messages;
        this.followChanges = followChanges;
        this.closing = closing;
    }

    /** Value: the stored message. Needs a {@link RequestContext}. */
    public Mono<MessageView> post(io.parley.api.PostMessage request) {
        return RequestContext.current()
                .flatMap(context -> postMessage.post(
                        context.caller(),
                        new ClientMessageId(Required.field(request.clientMessageId())),
                        new MessageBody(Required.field(request.text()))))
                .map(Views::of);
    }

    /** The messages of the page, newest first. */
    public Flux<MessageView> history(HistoryRequest request) {
        return Flux.defer(() -> messages.history(page(request))).map(Views::of);
    }

    private static HistoryPage page(HistoryRequest request) {
        return new HistoryPage(
                request.before() == null ? HistoryPage.NEWEST : request.before(),
                request.limit() == null ? HistoryPage.DEFAULT_LIMIT : request.limit());
    }

    public Mono<MessageView> find(UUID id) {
        return messages.find(new MessageId(id)).map(Views::of);
    }

    /** Changes as they happen, until this node stops: then {@code Unavailable}. */
    public Flux<EncodedChange> live() {
        return closing.cut(followChanges.follow());
    }
}
