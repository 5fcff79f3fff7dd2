package io.parley.loadtests;

import io.parley.api.ClientFrame;
import io.parley.api.ConversationEntry;
import io.parley.api.MemberView;
import io.parley.api.MembershipView;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one client holds of the logs of its user, by the letter of the contract; whatever breaks the contract is noted. It
 * outlives connections: the next one resumes where it stands.
 */
public final class Replica {
    private final Map<UUID, ReplicaLog> logs = new HashMap<>();
    private final Set<UUID> invitations = new HashSet<>();
    private final Map<UUID, Long> listed = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private @Nullable UUID epoch;
    private @Nullable UUID user;

    /** Where this client stands, to be said after hello. */
    synchronized ClientFrame.Resume resume() {
        Map<UUID, Long> offsets = logs.values().stream().collect(Collectors.toMap(ReplicaLog::id, ReplicaLog::offset));
        return new ClientFrame.Resume(null, epoch, offsets, true);
    }

    /** Everything that broke the contract so far. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Whether this conversation is held at all. */
    public synchronized boolean follows(UUID conversation) {
        return logs.containsKey(conversation);
    }

    /** The messages held, by rising seq; none of a conversation that is not followed. */
    public synchronized List<MessageView> messages(UUID conversation) {
        ReplicaLog log = logs.get(conversation);
        return log == null ? List.of() : log.messages();
    }

    /** How often this client was told to forget what it holds of a conversation. */
    public synchronized int gaps(UUID conversation) {
        ReplicaLog log = logs.get(conversation);
        return log == null ? 0 : log.gaps();
    }

    synchronized void violated(String what) {
        violations.add(what);
    }

    /** Takes what is not the answer to a command. */
    synchronized void take(ServerFrame frame) {
        if (frame instanceof ServerFrame.Ready ready) {
            take(ready);
        } else if (frame instanceof ServerFrame.Change change) {
            take(change);
        } else if (frame instanceof ServerFrame.Skip skip) {
            with(skip.logId(), frame, log -> log.next(skip.offset()));
        } else if (frame instanceof ServerFrame.CatchUp catchUp) {
            with(catchUp.logId(), frame, log -> log.begin(catchUp.from(), catchUp.to()));
        } else if (frame instanceof ServerFrame.CaughtUp caughtUp) {
            with(caughtUp.logId(), frame, log -> log.end(caughtUp.offset()));
        } else if (frame instanceof ServerFrame.Gap gap) {
            take(gap);
        }
    }

    /** The list is the truth: what it lacks is forgotten, what was not named starts at its position. */
    private void take(ServerFrame.Ready ready) {
        epoch = ready.epoch();
        user = ready.user().id();
        listed.put(ready.user().id(), ready.position());
        for (ConversationEntry entry : ready.conversations()) {
            listed.put(entry.id(), entry.position());
        }
        if (ready.last()) {
            logs.keySet().retainAll(listed.keySet());
            listed.forEach((id, position) -> logs.computeIfAbsent(id, log -> new ReplicaLog(log, position)));
            logs.values().forEach(ReplicaLog::reconnect);
            listed.clear();
            invitations.clear();
        }
    }

    private void take(ServerFrame.Change change) {
        with(change.logId(), change, log -> log.take(change));
        MembershipView membership = change.membership();
        if (membership != null && membership.role() == null) {
            forget(membership.conversationId());
        } else if (membership != null && !logs.containsKey(membership.conversationId())) {
            invitations.add(membership.conversationId());
        }
        MemberView member = change.member();
        if (member != null && member.role() == null && member.user().id().equals(user)) {
            forget(change.logId());
        }
    }

    private void forget(UUID conversation) {
        logs.remove(conversation);
        invitations.remove(conversation);
    }

    /** A conversation begins with one, once its user has been told of being in it. */
    private void take(ServerFrame.Gap gap) {
        if (invitations.remove(gap.logId())) {
            logs.put(gap.logId(), new ReplicaLog(gap.logId(), gap.to()));
        } else {
            with(gap.logId(), gap, log -> log.lose(gap.to()));
        }
    }

    private void with(UUID id, ServerFrame frame, Step step) {
        ReplicaLog log = logs.get(id);
        String violation = log == null ? "nobody follows this log" : step.on(log);
        if (violation != null) {
            violations.add(violation + ": " + frame);
        }
    }

    /** What is done to a log; null if that was allowed. */
    private interface Step {
        @Nullable
        String on(ReplicaLog log);
    }
}
