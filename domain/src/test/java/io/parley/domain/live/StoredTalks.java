package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.ConversationReader.Mine;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.conversation.Role;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Some conversations and the log of one user who comes and goes in them, compacted as the store keeps them; every change
 * that is made goes to who listens. The wire tells all that a test wants to know.
 */
final class StoredTalks {
    final UserId user = new UserId(new UUID(7, 7));
    final StoredLogRows own = new StoredLogRows(LogId.of(user));
    private final Map<LogId, Talk> talks = new LinkedHashMap<>();
    private final Map<UUID, Reason> memberships = new HashMap<>();

    /** The log of one conversation, its messages, and when the user was in it. */
    final class Talk {
        final ConversationId id;
        final History history;
        final StoredLogRows log;
        final Map<UUID, Long> seqs = new LinkedHashMap<>();
        final List<Period> periods = new ArrayList<>();

        Talk(long number, History history) {
            this.id = new ConversationId(new UUID(1, number));
            this.history = history;
            this.log = new StoredLogRows(LogId.of(id));
        }

        boolean isMember() {
            return !periods.isEmpty() && last().until == Long.MAX_VALUE;
        }

        Period last() {
            return periods.get(periods.size() - 1);
        }

        /** Whether the user may be told of a message as it was at an offset. */
        boolean maySee(long offset, long seq) {
            return periods.stream().anyMatch(period -> period.fromSeq <= seq && offset < period.until);
        }

        EncodedChange say() {
            UUID message = new UUID(2, seqs.size() + id.value().getLeastSignificantBits() * 1_000_000);
            seqs.put(message, seqs.size() + 1L);
            return log.append(ItemKind.MESSAGE, message, Reason.CREATED, seqs.get(message));
        }

        EncodedChange edit(int which) {
            UUID message = List.copyOf(seqs.keySet()).get(which % seqs.size());
            return log.append(ItemKind.MESSAGE, message, Reason.EDITED, seqs.get(message));
        }

        EncodedChange other(Reason reason) {
            return log.append(ItemKind.MEMBER, new UUID(3, 3), reason, 0);
        }

        /** The user comes, goes, or becomes something else there: on both logs. */
        List<EncodedChange> move(Reason reason) {
            EncodedChange member = log.append(ItemKind.MEMBER, user.value(), reason, 0);
            if (reason.comes()) {
                periods.add(new Period(member.offset(), history == History.ALL ? 1 : seqs.size() + 1L));
            } else if (reason.goes()) {
                last().until = member.offset();
            }
            memberships.put(id.value(), reason);
            return List.of(member, own.append(ItemKind.MEMBERSHIP, id.value(), reason, 0));
        }

        MyConversation mine() {
            Conversation state = new Conversation(id, ConversationKind.GROUP, null, history, Instant.EPOCH);
            return new MyConversation(
                    state, Role.MEMBER, null, 2, log.head(), seqs.size(), 0, 0, 0, last().fromSeq, last().since);
        }
    }

    /** Offsets of coming and going, and the message that the user may see first. */
    static final class Period {
        final long since;
        final long fromSeq;
        long until = Long.MAX_VALUE;

        Period(long since, long fromSeq) {
            this.since = since;
            this.fromSeq = fromSeq;
        }
    }

    Talk open(History history) {
        Talk talk = new Talk(talks.size() + 1L, history);
        talks.put(talk.log.id(), talk);
        return talk;
    }

    List<Talk> talks() {
        return List.copyOf(talks.values());
    }

    Talk talk(LogId log) {
        return talks.get(log);
    }

    Mine mine() {
        return new Mine(
                new LogHead(own.id(), own.head()),
                talks.values().stream().filter(Talk::isMember).map(Talk::mine).toList());
    }

    Stream<StoredLogRows> logs() {
        return Stream.concat(Stream.of(own), talks.values().stream().map(talk -> talk.log));
    }

    StoredLogRows log(LogId id) {
        return logs().filter(log -> log.id().equals(id)).findFirst().orElseThrow();
    }

    /** Whether the user may read this log now. */
    boolean mayRead(LogId id) {
        return id.equals(own.id()) || talks.get(id).isMember();
    }

    /** 0 for the user's own. */
    long joinedAt(LogId id) {
        return id.equals(own.id()) ? 0 : talks.get(id).last().since;
    }

    /** What the user may not see of it now is not in there. */
    boolean maySeeNow(LogId id, EncodedChange change) {
        return id.equals(own.id())
                || change.entry().kind() != ItemKind.MESSAGE
                || change.seq() >= talks.get(id).last().fromSeq;
    }

    static EncodedChange encoded(LogEntry entry, long seq) {
        String wire = String.join(
                " ",
                "change",
                entry.log().toString(),
                Long.toString(entry.offset()),
                entry.item().toString(),
                entry.kind().name(),
                entry.reason().name(),
                Long.toString(seq));
        return new EncodedChange(StoredLog.EPOCH, entry, seq, wire.getBytes(UTF_8));
    }
}
