package io.parley.app.gateway;

import io.parley.api.ConversationEntry;
import io.parley.api.MemberList;
import io.parley.domain.conversation.AddMember;
import io.parley.domain.conversation.ChangeRole;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.conversation.JoinChannel;
import io.parley.domain.conversation.LeaveConversation;
import io.parley.domain.conversation.RemoveMember;
import io.parley.domain.conversation.Role;
import io.parley.domain.user.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who is in a conversation, in the words of the public contract. Needs a {@link RequestContext}. */
@Component
public final class MemberGateway {
    private final ConversationReader reader;
    private final JoinChannel join;
    private final LeaveConversation leave;
    private final Changes changes;

    MemberGateway(ConversationReader reader, JoinChannel join, LeaveConversation leave, Changes changes) {
        this.reader = reader;
        this.join = join;
        this.leave = leave;
        this.changes = changes;
    }

    /** What is done to others. */
    @Component
    record Changes(AddMember add, RemoveMember remove, ChangeRole changeRole) {}

    /** Value: a page of the members. */
    public Mono<MemberList> list(UUID id, @Nullable UUID after, @Nullable Integer limit) {
        UserId last = after == null ? null : new UserId(after);
        return RequestContext.user()
                .flatMap(user -> reader.members(user, new ConversationId(id), last, Required.limit(limit) + 1)
                        .collectList())
                .map(read -> ListPage.of(
                        read,
                        Required.limit(limit),
                        member -> member.user().id().value(),
                        Views::of))
                .map(page -> new MemberList(page.entries(), page.after()));
    }

    /** Value: the channel as the caller, who is in it now, sees it. */
    public Mono<ConversationEntry> join(UUID id) {
        ConversationId conversation = new ConversationId(id);
        return RequestContext.user().flatMap(user -> join.join(user, conversation)
                .then(Mono.defer(() -> reader.mine(user, conversation)))
                .map(Views::of));
    }

    public Mono<Void> leave(UUID id) {
        return RequestContext.user().flatMap(user -> leave.leave(user, new ConversationId(id)));
    }

    public Mono<Void> add(UUID id, io.parley.api.AddMember request) {
        return RequestContext.user().flatMap(user -> changes.add()
                .add(user, new ConversationId(id), new UserId(Required.field(request.userId()))));
    }

    public Mono<Void> remove(UUID id, UUID member) {
        return RequestContext.user()
                .flatMap(user -> changes.remove().remove(user, new ConversationId(id), new UserId(member)));
    }

    public Mono<Void> changeRole(UUID id, UUID member, io.parley.api.ChangeRole request) {
        return RequestContext.user().flatMap(user -> changes.changeRole()
                .change(user, new ConversationId(id), new UserId(member), Required.word(Role.class, request.role())));
    }
}
