package io.parley.domain.log;

import io.parley.domain.auth.SessionId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Member;
import io.parley.domain.conversation.Membership;
import io.parley.domain.message.Message;
import io.parley.domain.personal.Draft;
import io.parley.domain.personal.Personal;
import io.parley.domain.personal.Preferences;
import java.time.Instant;

/** The state of one item as of {@link #entry()}: putting it by id, if the offset is newer, is all there is to do. */
public sealed interface Change {
    LogEntry entry();

    /** Calls the case of this kind: the compiler keeps the list complete. */
    <R> R match(Cases<R> cases);

    /** A message as it is now, also a deleted one. */
    record MessageChange(LogEntry entry, Message message) implements Change {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.message(this);
        }
    }

    /** Somebody who is, or was, in the conversation. */
    record MemberChange(LogEntry entry, Member member) implements Change {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.member(this);
        }
    }

    /** What everybody in it knows of the conversation. */
    record ConversationChange(LogEntry entry, Conversation conversation) implements Change {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.conversation(this);
        }
    }

    /** On a user's log: that the user is in a conversation, or no longer. */
    record MembershipChange(LogEntry entry, Membership membership) implements Change {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.membership(this);
        }
    }

    /** On a user's log: that a session of this user has ended. */
    record SessionChange(LogEntry entry, SessionId session, Instant endedAt) implements Change {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.session(this);
        }
    }

    /** On a user's log: what the clients of this user keep. */
    record PreferencesChange(LogEntry entry, Preferences preferences) implements Change {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.preferences(this);
        }
    }

    /** On a user's log: what this user has begun to write in a conversation. */
    record DraftChange(LogEntry entry, Draft draft) implements Change {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.draft(this);
        }
    }

    /** On a user's log: how this user wants a conversation. */
    record PersonalChange(LogEntry entry, Personal personal) implements Change {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.personal(this);
        }
    }

    /** One answer for each kind of item. */
    interface Cases<R> {
        R message(MessageChange change);

        R member(MemberChange change);

        R conversation(ConversationChange change);

        R membership(MembershipChange change);

        R session(SessionChange change);

        R preferences(PreferencesChange change);

        R draft(DraftChange change);

        R personal(PersonalChange change);
    }
}
