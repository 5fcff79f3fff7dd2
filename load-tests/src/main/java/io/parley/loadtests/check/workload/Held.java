package io.parley.loadtests.check.workload;

import io.parley.api.ConversationEntry;
import io.parley.api.MemberView;
import io.parley.api.MembershipView;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a device stands in its logs, as it will say when it comes back; whether that is right, the checker says. */
final class Held {
    private final Map<UUID, Long> offsets = new HashMap<>();
    private final Map<UUID, Long> seqs = new HashMap<>();
    private final Map<UUID, Long> listed = new HashMap<>();
    private final Set<UUID> invitations = new HashSet<>();
    private final Set<UUID> catchingUp = new HashSet<>();
    private final UUID user;
    private @Nullable UUID epoch;

    Held(UUID user) {
        this.user = user;
    }

    synchronized @Nullable UUID epoch() {
        return epoch;
    }

    synchronized Map<UUID, Long> offsets() {
        return Map.copyOf(offsets);
    }

    /** The highest seq that was seen; 0 if none was. */
    synchronized long seq(UUID conversation) {
        return seqs.getOrDefault(conversation, 0L);
    }

    /** Whether it has come to the end of this log; of one that it does not follow it has not. */
    synchronized boolean isAt(UUID log, long head) {
        return offsets.getOrDefault(log, -1L) == head && !catchingUp.contains(log);
    }

    synchronized void reconnect() {
        catchingUp.clear();
        listed.clear();
    }

    synchronized void take(ServerFrame frame) {
        if (frame instanceof ServerFrame.Ready ready) {
            take(ready);
        } else if (frame instanceof ServerFrame.Change change) {
            take(change);
        } else if (frame instanceof ServerFrame.Skip skip) {
            move(skip.logId(), skip.offset());
        } else if (frame instanceof ServerFrame.CatchUp catchUp) {
            catchingUp.add(catchUp.logId());
        } else if (frame instanceof ServerFrame.CaughtUp caughtUp) {
            catchingUp.remove(caughtUp.logId());
            move(caughtUp.logId(), caughtUp.offset());
        } else if (frame instanceof ServerFrame.Gap gap) {
            take(gap);
        }
    }

    private void take(ServerFrame.Ready ready) {
        if (!ready.epoch().equals(epoch)) {
            epoch = ready.epoch();
            offsets.clear();
        }
        listed.put(user, ready.position());
        for (ConversationEntry entry : ready.conversations()) {
            listed.put(entry.id(), entry.position());
        }
        if (ready.last()) {
            offsets.keySet().retainAll(listed.keySet());
            listed.forEach(offsets::putIfAbsent);
            listed.clear();
            invitations.clear();
        }
    }

    private void take(ServerFrame.Change change) {
        move(change.logId(), change.offset());
        MessageView message = change.message();
        if (message != null) {
            seqs.merge(change.logId(), message.seq(), Math::max);
        }
        MembershipView membership = change.membership();
        if (membership != null && membership.role() == null) {
            forget(membership.conversationId());
        } else if (membership != null && !offsets.containsKey(membership.conversationId())) {
            invitations.add(membership.conversationId());
        }
        MemberView member = change.member();
        if (member != null && member.role() == null && member.user().id().equals(user)) {
            forget(change.logId());
        }
    }

    private void take(ServerFrame.Gap gap) {
        catchingUp.remove(gap.logId());
        if (invitations.remove(gap.logId()) || offsets.containsKey(gap.logId())) {
            offsets.put(gap.logId(), gap.to());
        }
    }

    private void forget(UUID conversation) {
        offsets.remove(conversation);
        invitations.remove(conversation);
        catchingUp.remove(conversation);
    }

    private void move(UUID log, long to) {
        offsets.computeIfPresent(log, (id, offset) -> Math.max(offset, to));
    }
}
