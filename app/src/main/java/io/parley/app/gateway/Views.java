package io.parley.app.gateway;

import io.parley.api.ConversationEntry;
import io.parley.api.ConversationView;
import io.parley.api.DraftView;
import io.parley.api.EndedSessionView;
import io.parley.api.MemberView;
import io.parley.api.MembershipView;
import io.parley.api.MessageView;
import io.parley.api.PersonalView;
import io.parley.api.ReadPositionView;
import io.parley.api.ReceiptView;
import io.parley.api.SignedInView;
import io.parley.api.UserRef;
import io.parley.api.UserView;
import io.parley.domain.auth.SignedIn;
import io.parley.domain.auth.SignedIn.Tokens;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Member;
import io.parley.domain.conversation.Membership;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.conversation.MyConversation.Peer;
import io.parley.domain.conversation.Title;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.Change.SessionChange;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.ReadPositions.Moved;
import io.parley.domain.message.ReadPositions.Standing;
import io.parley.domain.personal.Draft;
import io.parley.domain.personal.Personal;
import io.parley.domain.user.User;
import io.parley.domain.user.UserName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The domain's model in the words of the public contract. */
public final class Views {
    private Views() {}

    static UserView of(User user) {
        return new UserView(
                user.id().value(), user.handle().text(), user.displayName().text(), user.createdAt());
    }

    static SignedInView of(SignedIn signedIn) {
        Tokens tokens = signedIn.tokens();
        return new SignedInView(
                of(signedIn.user()),
                signedIn.session().value(),
                tokens.access().value(),
                tokens.accessExpiresAt(),
                tokens.refresh().value(),
                tokens.refreshExpiresAt());
    }

    static UserRef of(UserName user) {
        return new UserRef(user.id().value(), user.handle(), user.displayName());
    }

    static MessageView of(MessageChange change) {
        Message message = change.message();
        MessageBody body = message.body();
        return new MessageView(
                message.conversation().value(),
                change.entry().offset(),
                message.seq(),
                message.id().value(),
                message.sender().value(),
                message.clientMessageId().value(),
                body == null ? null : body.text(),
                message.postedAt(),
                message.editedAt(),
                message.deletedAt());
    }

    static ConversationView of(Conversation conversation) {
        return new ConversationView(
                conversation.id().value(),
                word(conversation.kind()),
                text(conversation.title()),
                word(conversation.history()),
                conversation.createdAt());
    }

    public static ConversationEntry of(MyConversation mine) {
        Conversation conversation = mine.conversation();
        Peer peer = mine.peer();
        return new ConversationEntry(
                conversation.id().value(),
                word(conversation.kind()),
                text(conversation.title()),
                word(conversation.history()),
                conversation.createdAt(),
                peer == null ? null : of(peer.user()),
                word(mine.role()),
                mine.memberCount(),
                mine.head(),
                mine.headSeq(),
                mine.unread(),
                mine.lastReadSeq(),
                mine.lastDeliveredSeq(),
                peer == null ? null : peer.readSeq(),
                peer == null ? null : peer.deliveredSeq(),
                mine.visibleFromSeq());
    }

    static MemberView of(Member member) {
        return new MemberView(
                member.conversation().value(), of(member.user()), wordOrNull(member.role()), member.since());
    }

    static MembershipView of(Membership membership) {
        return new MembershipView(
                membership.conversation().value(), wordOrNull(membership.role()), membership.visibleFromSeq());
    }

    static EndedSessionView of(SessionChange change) {
        return new EndedSessionView(change.session().value(), change.endedAt());
    }

    static DraftView of(Draft draft) {
        MessageBody text = draft.text();
        return new DraftView(draft.conversation().value(), text == null ? null : text.text(), draft.updatedAt());
    }

    static PersonalView of(Personal personal) {
        return new PersonalView(
                personal.conversation().value(),
                word(personal.level()),
                personal.mutedUntil(),
                personal.markedUnread());
    }

    static ReadPositionView of(Moved moved) {
        Standing standing = moved.standing();
        return new ReadPositionView(standing.readSeq(), standing.deliveredSeq(), moved.unread());
    }

    static ReceiptView of(Standing standing) {
        return new ReceiptView(standing.user().value(), standing.readSeq(), standing.deliveredSeq());
    }

    /** How the contract writes a constant. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String wordOrNull(@Nullable Enum<?> constant) {
        return constant == null ? null : word(constant);
    }

    private static @Nullable String text(@Nullable Title title) {
        return title == null ? null : title.text();
    }
}
