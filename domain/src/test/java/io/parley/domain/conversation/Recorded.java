package io.parley.domain.conversation;

import io.parley.domain.log.LogEntry;
import io.parley.domain.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** A repository that takes everything, and notes what it was asked. */
final class Recorded implements ConversationRepository {
    final List<List<Object>> calls = new ArrayList<>();
    private final List<LogEntry> entries;

    Recorded(List<LogEntry> entries) {
        this.entries = entries;
    }

    private Mono<Written<ConversationId>> note(ConversationId id, Object... call) {
        calls.add(List.of(call));
        return Mono.just(new Written<>(id, entries));
    }

    @Override
    public Mono<Written<ConversationId>> openDirect(UserId creator, UserId peer, Instant now) {
        return note(ConversationId.direct(creator, peer), "openDirect", creator, peer, now);
    }

    @Override
    public Mono<Written<ConversationId>> create(NewConversation conversation) {
        return note(conversation.id(), "create", conversation);
    }

    @Override
    public Mono<Written<ConversationId>> rename(ConversationId id, UserId actor, Title title) {
        return note(id, "rename", id, actor, title);
    }

    @Override
    public Mono<Written<ConversationId>> join(ConversationId id, UserId user, Instant now) {
        return note(id, "join", id, user, now);
    }

    @Override
    public Mono<Written<ConversationId>> add(ConversationId id, UserId actor, UserId user, Instant now) {
        return note(id, "add", id, actor, user, now);
    }

    @Override
    public Mono<Written<ConversationId>> remove(ConversationId id, UserId actor, UserId user, Instant now) {
        return note(id, "remove", id, actor, user, now);
    }

    @Override
    public Mono<Written<ConversationId>> setRole(ConversationId id, UserId actor, UserId user, Role role) {
        return note(id, "setRole", id, actor, user, role);
    }
}
