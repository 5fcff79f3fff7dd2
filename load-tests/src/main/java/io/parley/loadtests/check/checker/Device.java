package io.parley.loadtests.check.checker;

import io.parley.api.ConversationEntry;
import io.parley.api.MemberView;
import io.parley.api.MembershipView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.checker.Watcher.Heard;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one device holds, through all of its connections; it does what the contract says that a client does. */
final class Device {
    private final Map<UUID, Holding> logs = new HashMap<>();
    private final Map<UUID, Long> invitations = new HashMap<>();
    private final Map<UUID, Holding> listed = new HashMap<>();
    private final Watcher watcher;
    private @Nullable Line line;
    private @Nullable UUID epoch;

    Device(Watcher watcher) {
        this.watcher = watcher;
    }

    void open(Line opened) {
        line = opened;
        listed.clear();
        logs.values().forEach(Holding::endCatchUp);
        // What it does not say that it holds, it has forgotten.
        logs.keySet().retainAll(opened.opened().offsets().keySet());
    }

    void end() {
        if (line != null) {
            watcher.onEnd(line, logs);
        }
    }

    void hear(Heard heard) {
        ServerFrame frame = heard.frame();
        if (frame instanceof ServerFrame.Ready ready) {
            take(ready);
        } else if (frame instanceof ServerFrame.Change change) {
            take(heard, change);
        } else if (frame instanceof ServerFrame.Skip skip) {
            with(skip.logId(), heard, holding -> {
                watcher.onNext(heard, holding, skip.offset());
                holding.move(skip.offset());
            });
        } else if (frame instanceof ServerFrame.CatchUp catchUp) {
            with(catchUp.logId(), heard, holding -> {
                watcher.onCatchUp(heard, holding, catchUp);
                holding.beginCatchUp(heard.at(), catchUp.from(), catchUp.to());
            });
        } else if (frame instanceof ServerFrame.CaughtUp caughtUp) {
            with(caughtUp.logId(), heard, holding -> {
                watcher.onCaughtUp(heard, holding, caughtUp);
                holding.endCatchUp();
                holding.move(caughtUp.offset());
            });
        } else if (frame instanceof ServerFrame.Gap gap) {
            take(heard, gap);
        }
    }

    private void take(ServerFrame.Ready ready) {
        if (!ready.epoch().equals(epoch)) {
            logs.clear();
            epoch = ready.epoch();
        }
        boolean foreign = line != null && !ready.epoch().equals(line.opened().epoch());
        UUID own = ready.user().id();
        listed.put(own, new Holding(own, ready.position(), 0));
        for (ConversationEntry entry : ready.conversations()) {
            listed.put(entry.id(), new Holding(entry.id(), entry.position(), entry.visibleFromSeq()));
        }
        if (ready.last()) {
            logs.keySet().retainAll(listed.keySet());
            listed.forEach((id, fresh) -> {
                Holding holding = logs.computeIfAbsent(id, log -> fresh);
                holding.see(fresh.visibleFromSeq());
                if (foreign && line != null && line.opened().offsets().containsKey(id)) {
                    holding.comesFromAnotherLife();
                }
            });
            listed.clear();
            invitations.clear();
        }
    }

    private void take(Heard heard, ServerFrame.Change change) {
        with(change.logId(), heard, holding -> {
            watcher.onNext(heard, holding, change.offset());
            holding.put(change);
        });
        MembershipView membership = change.membership();
        if (membership != null && membership.role() == null) {
            forget(membership.conversationId());
        } else if (membership != null && !logs.containsKey(membership.conversationId())) {
            invitations.put(membership.conversationId(), membership.visibleFromSeq());
        } else if (membership != null) {
            Objects.requireNonNull(logs.get(membership.conversationId())).see(membership.visibleFromSeq());
        }
        MemberView member = change.member();
        if (member != null
                && member.role() == null
                && member.user().id().equals(heard.line().user())) {
            forget(change.logId());
        }
    }

    private void forget(UUID conversation) {
        logs.remove(conversation);
        invitations.remove(conversation);
    }

    private void take(Heard heard, ServerFrame.Gap gap) {
        Long visibleFromSeq = invitations.remove(gap.logId());
        if (visibleFromSeq != null) {
            logs.put(gap.logId(), new Holding(gap.logId(), gap.to(), visibleFromSeq));
        } else {
            with(gap.logId(), heard, holding -> holding.lose(gap.to()));
        }
    }

    private void with(UUID log, Heard heard, Step step) {
        Holding holding = logs.get(log);
        if (holding == null) {
            watcher.onStray(heard);
        } else {
            step.on(holding);
        }
    }

    private interface Step {
        void on(Holding holding);
    }
}
