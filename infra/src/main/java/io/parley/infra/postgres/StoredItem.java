package io.parley.infra.postgres;

import static io.parley.infra.postgres.Column.constant;
import static io.parley.infra.postgres.Column.instant;
import static io.parley.infra.postgres.Column.number;
import static io.parley.infra.postgres.Column.optional;
import static io.parley.infra.postgres.Column.optionalConstant;
import static io.parley.infra.postgres.Column.text;
import static io.parley.infra.postgres.Column.uuid;

import io.parley.domain.auth.SessionId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.Member;
import io.parley.domain.conversation.Membership;
import io.parley.domain.conversation.Role;
import io.parley.domain.conversation.Title;
import io.parley.domain.log.Change;
import io.parley.domain.log.Change.ConversationChange;
import io.parley.domain.log.Change.DraftChange;
import io.parley.domain.log.Change.MemberChange;
import io.parley.domain.log.Change.MembershipChange;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.Change.PersonalChange;
import io.parley.domain.log.Change.PreferencesChange;
import io.parley.domain.log.Change.SessionChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageId;
import io.parley.domain.user.UserId;
import io.parley.domain.user.UserName;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes items of rows; the columns have the names that {@link LogSql#ITEM} gives them, in all statements. */
final class StoredItem {
    /** What this release knows: a later one may have stored more. */
    static final String[] KINDS = Column.stored(ItemKind.class);

    static final String[] REASONS = Column.stored(Reason.class);

    private static final Set<String> KNOWN_REASONS = Set.of(REASONS);

    private StoredItem() {}

    static LogEntry entry(Readable row) {
        return entry(row, constant(row, "reason", Reason.class));
    }

    private static LogEntry entry(Readable row, Reason reason) {
        return new LogEntry(
                new LogId(uuid(row, "log_id")),
                number(row, "log_offset"),
                constant(row, "kind", ItemKind.class),
                uuid(row, "item"),
                reason);
    }

    static Change change(Readable row) {
        LogEntry entry = entry(row);
        return switch (entry.kind()) {
            case MESSAGE -> new MessageChange(entry, message(row, entry));
            case MEMBER ->
                new MemberChange(
                        entry, member(row, new ConversationId(entry.log().value())));
            case CONVERSATION -> new ConversationChange(entry, conversation(row));
            case MEMBERSHIP -> new MembershipChange(entry, membership(row, entry));
            case SESSION -> new SessionChange(entry, new SessionId(entry.item()), instant(row, "ended_at"));
            case PREFERENCES -> new PreferencesChange(entry, PrivateItem.preferences(row));
            case DRAFT -> new DraftChange(entry, PrivateItem.draft(row, new ConversationId(entry.item())));
            case PERSONAL -> new PersonalChange(entry, PrivateItem.personal(row, new ConversationId(entry.item())));
        };
    }

    /** Of a page of the history, where a message is also if only a later release knows why it changed last. */
    static MessageChange message(Readable row) {
        Reason reason =
                KNOWN_REASONS.contains(text(row, "reason")) ? constant(row, "reason", Reason.class) : Reason.EDITED;
        LogEntry entry = entry(row, reason);
        return new MessageChange(entry, message(row, entry));
    }

    private static Message message(Readable row, LogEntry entry) {
        @Nullable String body = optional(row, "body", String.class);
        return new Message(
                new ConversationId(entry.log().value()),
                number(row, "seq"),
                new MessageId(entry.item()),
                new UserId(uuid(row, "sender_id")),
                new ClientMessageId(uuid(row, "client_message_id")),
                body == null ? null : new MessageBody(body),
                instant(row, "posted_at"),
                optional(row, "edited_at", Instant.class),
                optional(row, "deleted_at", Instant.class));
    }

    static Member member(Readable row, ConversationId conversation) {
        return new Member(
                conversation, name(row), optionalConstant(row, "member_role", Role.class), instant(row, "since"));
    }

    static UserName name(Readable row) {
        return new UserName(new UserId(uuid(row, "user_id")), text(row, "handle"), text(row, "display_name"));
    }

    static Conversation conversation(Readable row) {
        @Nullable String title = optional(row, "title", String.class);
        return new Conversation(
                new ConversationId(uuid(row, "conversation_id")),
                constant(row, "conversation_kind", ConversationKind.class),
                title == null ? null : new Title(title),
                constant(row, "history", History.class),
                instant(row, "created_at"));
    }

    private static Membership membership(Readable row, LogEntry entry) {
        return new Membership(
                new ConversationId(entry.item()),
                optionalConstant(row, "membership_role", Role.class),
                number(row, "visible_from_seq"));
    }
}
