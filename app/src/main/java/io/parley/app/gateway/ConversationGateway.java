package io.parley.app.gateway;

import io.parley.api.ChannelList;
import io.parley.api.ConversationEntry;
import io.parley.api.ConversationList;
import io.parley.api.NewConversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.conversation.CreateConversation;
import io.parley.domain.conversation.CreateConversation.Wish;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.OpenDirectConversation;
import io.parley.domain.conversation.RenameConversation;
import io.parley.domain.conversation.Title;
import io.parley.domain.conversation.Written;
import io.parley.domain.user.UserId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Conversations in the words of the public contract. Needs a {@link RequestContext}; errors are the domain's. */
@Component
public final class ConversationGateway {
    private final ConversationReader reader;
    private final OpenDirectConversation openDirect;
    private final CreateConversation create;
    private final RenameConversation rename;

    ConversationGateway(
            ConversationReader reader,
            OpenDirectConversation openDirect,
            CreateConversation create,
            RenameConversation rename) {
        this.reader = reader;
        this.openDirect = openDirect;
        this.create = create;
        this.rename = rename;
    }

    /** What a request to open a conversation led to. */
    public record Opened(ConversationEntry entry, boolean created) {}

    /** Value: the conversation, and whether there was none before. */
    public Mono<Opened> open(NewConversation request) {
        return RequestContext.user()
                .flatMap(user -> written(user, request).flatMap(written -> entry(user, written.value())
                        .map(entry -> new Opened(entry, !written.entries().isEmpty()))));
    }

    private Mono<Written<ConversationId>> written(UserId user, NewConversation request) {
        ConversationKind kind = Required.word(ConversationKind.class, request.kind());
        return kind == ConversationKind.DIRECT
                ? openDirect.open(user, new UserId(Required.field(request.userId())))
                : create.create(user, wish(kind, request));
    }

    private static Wish wish(ConversationKind kind, NewConversation request) {
        String history = request.history();
        List<UUID> members = request.memberIds();
        return new Wish(
                Required.field(request.idempotencyKey()),
                kind,
                new Title(Required.field(request.title())),
                history == null ? History.ALL : Required.word(History.class, history),
                members == null
                        ? List.of()
                        : members.stream()
                                .map(member -> new UserId(Required.field(member)))
                                .toList());
    }

    /** Value: one of the caller's conversations. */
    public Mono<ConversationEntry> find(UUID id) {
        return RequestContext.user().flatMap(user -> entry(user, new ConversationId(id)));
    }

    /** Value: the conversation with its new title. */
    public Mono<ConversationEntry> rename(UUID id, io.parley.api.RenameConversation request) {
        ConversationId conversation = new ConversationId(id);
        return RequestContext.user()
                .flatMap(user -> rename.rename(user, conversation, new Title(Required.field(request.title())))
                        .then(Mono.defer(() -> entry(user, conversation))));
    }

    /** Value: a page of the caller's conversations. */
    public Mono<ConversationList> list(@Nullable UUID after, @Nullable Integer limit) {
        return RequestContext.user()
                .flatMap(user -> reader.mine(user, idOrNull(after), Required.limit(limit) + 1)
                        .collectList())
                .map(read -> ListPage.of(
                        read, Required.limit(limit), mine -> mine.id().value(), Views::of))
                .map(page -> new ConversationList(page.entries(), page.after()));
    }

    /** Value: a page of what anybody may join. */
    public Mono<ChannelList> channels(@Nullable UUID after, @Nullable Integer limit) {
        return RequestContext.user()
                .flatMap(user -> reader.channels(idOrNull(after), Required.limit(limit) + 1)
                        .collectList())
                .map(read -> ListPage.of(
                        read, Required.limit(limit), channel -> channel.id().value(), Views::of))
                .map(page -> new ChannelList(page.entries(), page.after()));
    }

    private Mono<ConversationEntry> entry(UserId user, ConversationId id) {
        return reader.mine(user, id).map(Views::of);
    }

    private static @Nullable ConversationId idOrNull(@Nullable UUID id) {
        return id == null ? null : new ConversationId(id);
    }
}
