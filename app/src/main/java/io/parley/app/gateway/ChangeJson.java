package io.parley.app.gateway;

import io.parley.api.ConversationView;
import io.parley.api.DraftView;
import io.parley.api.EndedSessionView;
import io.parley.api.MemberView;
import io.parley.api.MembershipView;
import io.parley.api.MessageView;
import io.parley.api.PersonalView;
import io.parley.api.ServerFrame;
import io.parley.domain.log.Change;
import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.Epoch;
import io.parley.domain.log.LogEntry;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes the {@code change} frame: the bytes that all followers get, on all transports. */
@Component
final class ChangeJson implements ChangeEncoder {
    private final ObjectWriter writer;
    private final Epoch epoch;

    ChangeJson(JsonMapper json, Epoch epoch) {
        // By the interface: else the frame would lack its type.
        this.writer = json.writerFor(ServerFrame.class);
        this.epoch = epoch;
    }

    @Override
    public EncodedChange encode(Change change) {
        return new EncodedChange(
                epoch.value(), change.entry(), seq(change), writer.writeValueAsBytes(change.match(FRAME)));
    }

    private static long seq(Change change) {
        return change instanceof Change.MessageChange it ? it.message().seq() : 0;
    }

    private static final Change.Cases<ServerFrame> FRAME = new Change.Cases<>() {
        @Override
        public ServerFrame message(Change.MessageChange change) {
            return new Item(change.entry()).message(Views.of(change));
        }

        @Override
        public ServerFrame member(Change.MemberChange change) {
            return new Item(change.entry()).member(Views.of(change.member()));
        }

        @Override
        public ServerFrame conversation(Change.ConversationChange change) {
            return new Item(change.entry()).conversation(Views.of(change.conversation()));
        }

        @Override
        public ServerFrame membership(Change.MembershipChange change) {
            return new Item(change.entry()).membership(Views.of(change.membership()));
        }

        @Override
        public ServerFrame session(Change.SessionChange change) {
            return new Item(change.entry()).session(Views.of(change));
        }

        @Override
        public ServerFrame preferences(Change.PreferencesChange change) {
            return new Item(change.entry()).preferences(change.preferences().values());
        }

        @Override
        public ServerFrame draft(Change.DraftChange change) {
            return new Item(change.entry()).draft(Views.of(change.draft()));
        }

        @Override
        public ServerFrame personal(Change.PersonalChange change) {
            return new Item(change.entry()).personal(Views.of(change.personal()));
        }
    };

    /** A frame has exactly one of these items. */
    private record Item(LogEntry entry) {
        ServerFrame message(MessageView message) {
            return shared(message, null, null);
        }

        ServerFrame member(MemberView member) {
            return shared(null, member, null);
        }

        ServerFrame conversation(ConversationView conversation) {
            return shared(null, null, conversation);
        }

        ServerFrame membership(MembershipView membership) {
            return own(membership, null, null, null, null);
        }

        ServerFrame session(EndedSessionView session) {
            return own(null, session, null, null, null);
        }

        ServerFrame preferences(Map<String, String> preferences) {
            return own(null, null, preferences, null, null);
        }

        ServerFrame draft(DraftView draft) {
            return own(null, null, null, draft, null);
        }

        ServerFrame personal(PersonalView personal) {
            return own(null, null, null, null, personal);
        }

        private ServerFrame shared(
                @Nullable MessageView message, @Nullable MemberView member, @Nullable ConversationView conversation) {
            return new ServerFrame.Change(
                    log(), entry.offset(), reason(), message, member, conversation, null, null, null, null, null);
        }

        private ServerFrame own(
                @Nullable MembershipView membership,
                @Nullable EndedSessionView session,
                @Nullable Map<String, String> preferences,
                @Nullable DraftView draft,
                @Nullable PersonalView personal) {
            return new ServerFrame.Change(
                    log(),
                    entry.offset(),
                    reason(),
                    null,
                    null,
                    null,
                    membership,
                    session,
                    preferences,
                    draft,
                    personal);
        }

        private UUID log() {
            return entry.log().value();
        }

        private String reason() {
            return Views.word(entry.reason());
        }
    }
}
