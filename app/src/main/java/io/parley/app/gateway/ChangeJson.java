package io.parley.app.gateway;

import io.parley.api.ConversationView;
import io.parley.api.EndedSessionView;
import io.parley.api.MemberView;
import io.parley.api.MembershipView;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.domain.log.Change;
import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.Epoch;
import io.parley.domain.log.LogEntry;
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
                epoch.value(), change.entry(), change.match(SEQ), writer.writeValueAsBytes(change.match(FRAME)));
    }

    private static final Change.Cases<Long> SEQ = new Change.Cases<>() {
        @Override
        public Long message(Change.MessageChange change) {
            return change.message().seq();
        }

        @Override
        public Long member(Change.MemberChange change) {
            return 0L;
        }

        @Override
        public Long conversation(Change.ConversationChange change) {
            return 0L;
        }

        @Override
        public Long membership(Change.MembershipChange change) {
            return 0L;
        }

        @Override
        public Long session(Change.SessionChange change) {
            return 0L;
        }
    };

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
    };

    /** A frame has exactly one of five items. */
    private record Item(LogEntry entry) {
        ServerFrame message(MessageView message) {
            return frame(message, null, null, null, null);
        }

        ServerFrame member(MemberView member) {
            return frame(null, member, null, null, null);
        }

        ServerFrame conversation(ConversationView conversation) {
            return frame(null, null, conversation, null, null);
        }

        ServerFrame membership(MembershipView membership) {
            return frame(null, null, null, membership, null);
        }

        ServerFrame session(EndedSessionView session) {
            return frame(null, null, null, null, session);
        }

        private ServerFrame frame(
                @Nullable MessageView message,
                @Nullable MemberView member,
                @Nullable ConversationView conversation,
                @Nullable MembershipView membership,
                @Nullable EndedSessionView session) {
            return new ServerFrame.Change(
                    entry.log().value(),
                    entry.offset(),
                    Views.word(entry.reason()),
                    message,
                    member,
                    conversation,
                    membership,
                    session);
        }
    }
}
