package io.parley.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ConversationView;
import io.parley.api.DraftView;
import io.parley.api.MemberView;
import io.parley.api.MembershipView;
import io.parley.api.MessageView;
import io.parley.api.PersonalView;
import io.parley.api.ServerFrame;
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
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageId;
import io.parley.domain.personal.Draft;
import io.parley.domain.personal.Notify;
import io.parley.domain.personal.Personal;
import io.parley.domain.personal.Preferences;
import io.parley.domain.user.UserId;
import io.parley.domain.user.UserName;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ChangeJsonTest {
    private static final UUID EPOCH = UUID.randomUUID();

    private final JsonMapper json = JsonMapper.builder().build();
    private final ChangeJson encoder = new ChangeJson(json, () -> EPOCH);

    @RepeatedTest(500)
    @Tag("log-2")
    void theBytesOfAnyChangeDecodeToTheStateThatWasStored() {
        long seed = new Random().nextLong();
        Change change = new States(new Random(seed)).any();

        EncodedChange encoded = encoder.encode(change);

        assertThat(decoded(encoded)).as("seed %d", seed).isEqualTo(change);
        assertThat(encoded.epoch()).isEqualTo(EPOCH);
        assertThat(encoded.entry()).isEqualTo(change.entry());
        assertThat(encoded.seq())
                .isEqualTo(
                        change instanceof Change.MessageChange it ? it.message().seq() : 0);
    }

    @Test
    void equalStatesGiveEqualBytes() {
        Change change = new States(new Random(1)).any();
        Change same = new States(new Random(1)).any();

        assertThat(encoder.encode(change).wire()).isEqualTo(encoder.encode(same).wire());
    }

    /** Back from the public words to the domain's. */
    private Change decoded(EncodedChange encoded) {
        ServerFrame.Change frame = (ServerFrame.Change) json.readValue(encoded.wire(), ServerFrame.class);
        assertThat(frame.logId()).isEqualTo(encoded.log().value());
        assertThat(frame.offset()).isEqualTo(encoded.offset());
        assertThat(frame.reason()).isEqualTo(Views.word(encoded.entry().reason()));
        LogEntry entry = encoded.entry();
        return switch (entry.kind()) {
            case MESSAGE -> new Change.MessageChange(entry, message(frame.message()));
            case MEMBER -> new Change.MemberChange(entry, member(frame.member()));
            case CONVERSATION -> new Change.ConversationChange(entry, conversation(frame.conversation()));
            case MEMBERSHIP -> new Change.MembershipChange(entry, membership(frame.membership()));
            case SESSION ->
                new Change.SessionChange(
                        entry,
                        new SessionId(frame.session().id()),
                        frame.session().endedAt());
            case PREFERENCES -> new Change.PreferencesChange(entry, new Preferences(frame.preferences()));
            case DRAFT -> new Change.DraftChange(entry, draft(frame.draft()));
            case PERSONAL -> new Change.PersonalChange(entry, personal(frame.personal()));
        };
    }

    private static Message message(MessageView view) {
        return new Message(
                new ConversationId(view.conversationId()),
                view.seq(),
                new MessageId(view.id()),
                new UserId(view.senderId()),
                new ClientMessageId(view.clientMessageId()),
                view.text() == null ? null : new MessageBody(view.text()),
                view.postedAt(),
                view.editedAt(),
                view.deletedAt());
    }

    private static Member member(MemberView view) {
        UserName user = new UserName(
                new UserId(view.user().id()), view.user().handle(), view.user().displayName());
        return new Member(
                new ConversationId(view.conversationId()), user, constant(Role.class, view.role()), view.since());
    }

    private static Conversation conversation(ConversationView view) {
        return new Conversation(
                new ConversationId(view.id()),
                constant(ConversationKind.class, view.kind()),
                view.title() == null ? null : new Title(view.title()),
                constant(History.class, view.history()),
                view.createdAt());
    }

    private static Membership membership(MembershipView view) {
        return new Membership(
                new ConversationId(view.conversationId()), constant(Role.class, view.role()), view.visibleFromSeq());
    }

    private static Draft draft(DraftView view) {
        return new Draft(
                new ConversationId(view.conversationId()),
                view.text() == null ? null : new MessageBody(view.text()),
                view.updatedAt());
    }

    private static Personal personal(PersonalView view) {
        return new Personal(
                new ConversationId(view.conversationId()),
                constant(Notify.class, view.level()),
                view.mutedUntil(),
                view.markedUnread());
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return word == null ? null : Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    /** States as they might be stored. */
    private record States(Random random) {
        Change any() {
            ItemKind kind = one(ItemKind.values());
            LogEntry entry = new LogEntry(
                    new LogId(id()), 1 + random.nextInt(Integer.MAX_VALUE), kind, id(), one(Reason.values()));
            return switch (kind) {
                case MESSAGE -> new Change.MessageChange(entry, message());
                case MEMBER ->
                    new Change.MemberChange(
                            entry, new Member(new ConversationId(id()), name(), roleOrNull(), instant()));
                case CONVERSATION -> new Change.ConversationChange(entry, conversation());
                case MEMBERSHIP ->
                    new Change.MembershipChange(
                            entry, new Membership(new ConversationId(id()), roleOrNull(), 1 + random.nextInt(1_000)));
                case SESSION -> new Change.SessionChange(entry, new SessionId(id()), instant());
                case PREFERENCES ->
                    new Change.PreferencesChange(
                            entry, new Preferences(random.nextBoolean() ? Map.of() : Map.of("theme", text(20))));
                case DRAFT ->
                    new Change.DraftChange(
                            entry,
                            new Draft(
                                    new ConversationId(id()),
                                    random.nextBoolean() ? null : new MessageBody(text(20)),
                                    instant()));
                case PERSONAL ->
                    new Change.PersonalChange(
                            entry,
                            new Personal(
                                    new ConversationId(id()),
                                    one(Notify.values()),
                                    random.nextBoolean() ? null : instant(),
                                    random.nextBoolean()));
            };
        }

        private Message message() {
            boolean deleted = random.nextBoolean();
            return new Message(
                    new ConversationId(id()),
                    1 + random.nextInt(Integer.MAX_VALUE),
                    new MessageId(id()),
                    new UserId(id()),
                    new ClientMessageId(id()),
                    deleted ? null : new MessageBody(text(200)),
                    instant(),
                    random.nextBoolean() ? instant() : null,
                    deleted ? instant() : null);
        }

        private Conversation conversation() {
            return new Conversation(
                    new ConversationId(id()),
                    one(ConversationKind.values()),
                    random.nextBoolean() ? new Title("\"T\" " + random.nextInt()) : null,
                    one(History.values()),
                    instant());
        }

        private UserName name() {
            return new UserName(new UserId(id()), "h" + random.nextInt(1_000), text(20));
        }

        private Role roleOrNull() {
            return random.nextInt(3) == 0 ? null : one(Role.values());
        }

        /** Of all planes, with what JSON has to escape; never blank. */
        private String text(int length) {
            StringBuilder text = new StringBuilder("x");
            while (text.length() < length) {
                int codePoint =
                        random.nextInt(4) == 0 ? "\"\\\n\t/\u2028".codePointAt(random.nextInt(6)) : any(0x10FFFF);
                text.appendCodePoint(codePoint);
            }
            return text.append('x').toString();
        }

        private int any(int most) {
            int codePoint = random.nextInt(most);
            boolean taken = !Character.isISOControl(codePoint)
                    && Character.getType(codePoint) != Character.SURROGATE
                    && (codePoint & 0xFFFE) != 0xFFFE
                    && (codePoint < 0xFDD0 || codePoint > 0xFDEF);
            return taken ? codePoint : 'y';
        }

        private Instant instant() {
            return Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), random.nextInt(1_000_000) * 1_000L);
        }

        private UUID id() {
            return new UUID(random.nextLong(), random.nextLong());
        }

        private <T> T one(T[] values) {
            return values[random.nextInt(values.length)];
        }
    }
}
