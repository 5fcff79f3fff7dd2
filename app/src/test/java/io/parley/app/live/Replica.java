package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ConversationEntry;
import io.parley.api.MembershipView;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a client holds who believes every word of the contract, and fails when one is broken. It outlives connections, as
 * a client's store does.
 */
final class Replica {
    private final Map<UUID, ReplicaLog> logs = new ConcurrentHashMap<>();
    private final Set<UUID> listed = new HashSet<>();

    /** Conversations of which the own log has told; their start marker is to come. */
    private final Set<UUID> expected = new HashSet<>();

    private Map<UUID, Long> asked = Map.of();
    private UUID epoch;
    private UUID user;
    private boolean ready;

    UUID epoch() {
        return epoch;
    }

    boolean isReady() {
        return ready;
    }

    /** Whether nothing more of a stretch is to come. */
    boolean isCaughtUp() {
        return ready && expected.isEmpty() && logs.values().stream().noneMatch(ReplicaLog::isInCatchUp);
    }

    Set<UUID> known() {
        return Set.copyOf(logs.keySet());
    }

    boolean knows(UUID log) {
        return logs.containsKey(log);
    }

    long offset(UUID log) {
        return log(log).offset();
    }

    Map<UUID, Long> offsets() {
        return logs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .offset()));
    }

    /** Messages by seq, with those that are deleted. */
    List<MessageView> messages(UUID conversation) {
        return log(conversation).messages();
    }

    List<String> texts(UUID conversation) {
        return messages(conversation).stream()
                .filter(message -> message.deletedAt() == null)
                .map(MessageView::text)
                .toList();
    }

    /** A connection begins; it says these offsets. */
    void connects(Map<UUID, Long> offsets) {
        logs.values().forEach(ReplicaLog::forgetStretch);
        listed.clear();
        expected.clear();
        asked = offsets;
        ready = false;
    }

    void take(ServerFrame frame) {
        if (frame instanceof ServerFrame.Ready some) {
            list(some);
            return;
        }
        if (frame instanceof ServerFrame.Change change) {
            change(change);
        } else if (frame instanceof ServerFrame.Skip skip) {
            live(skip.logId()).skip(skip.offset());
        } else if (frame instanceof ServerFrame.CatchUp stretch) {
            live(stretch.logId()).catchUp(stretch.from(), stretch.to());
        } else if (frame instanceof ServerFrame.CaughtUp stretch) {
            live(stretch.logId()).caughtUp(stretch.offset());
        } else if (frame instanceof ServerFrame.Gap gap) {
            gap(gap);
        } else if (frame instanceof ServerFrame.Receipt receipt) {
            live(receipt.conversationId());
            assertThat(receipt.deliveredSeq())
                    .as("what is read is delivered")
                    .isGreaterThanOrEqualTo(receipt.readSeq());
            assertThat(receipt.unread() != null)
                    .as("unread is for oneself")
                    .isEqualTo(receipt.userId().equals(user));
        } else if (frame instanceof ServerFrame.Typing typing) {
            live(typing.conversationId());
            assertThat(typing.userId()).as("typing of oneself").isNotEqualTo(user);
        }
    }

    /** The list is the truth: what it lacks is forgotten, and what nobody asked for begins at its position. */
    private void list(ServerFrame.Ready some) {
        assertThat(ready).as("ready after its last frame").isFalse();
        epoch = some.epoch();
        user = some.user().id();
        some.conversations().forEach(this::list);
        ready = some.last();
        if (ready) {
            begin(user, some.position());
            listed.add(user);
            logs.keySet().retainAll(listed);
        }
    }

    private void list(ConversationEntry entry) {
        assertThat(listed.add(entry.id())).as("listed once").isTrue();
        begin(entry.id(), entry.position());
    }

    private void begin(UUID log, long position) {
        if (!asked.containsKey(log)) {
            logs.put(log, new ReplicaLog(log, position));
        } else {
            // A test may say other offsets than it holds.
            logs.computeIfAbsent(log, id -> new ReplicaLog(id, asked.get(id)));
        }
    }

    private void change(ServerFrame.Change change) {
        ReplicaLog log = live(change.logId());
        log.change(change);
        MembershipView membership = change.membership();
        if (membership != null && membership.role() == null) {
            logs.remove(membership.conversationId());
            expected.remove(membership.conversationId());
        } else if (membership != null && !logs.containsKey(membership.conversationId())) {
            expected.add(membership.conversationId());
        }
        if (change.member() != null
                && change.member().role() == null
                && change.member().user().id().equals(user)) {
            logs.remove(change.logId());
        }
    }

    private void gap(ServerFrame.Gap gap) {
        if (expected.remove(gap.logId())) {
            logs.put(gap.logId(), new ReplicaLog(gap.logId(), gap.to()));
        }
        live(gap.logId()).gap(gap.to());
    }

    private ReplicaLog live(UUID log) {
        assertThat(ready).as("nothing before ready").isTrue();
        return log(log);
    }

    private ReplicaLog log(UUID log) {
        ReplicaLog known = logs.get(log);
        assertThat(known).as("log %s is followed", log).isNotNull();
        return known;
    }
}
