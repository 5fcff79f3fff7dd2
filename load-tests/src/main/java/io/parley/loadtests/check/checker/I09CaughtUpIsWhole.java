package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * At {@code caughtUp} a device holds the latest state of everything that has changed since it began, up to that offset. Left
 * out may be what had changed once more by then, since that follows. Who names offsets of another life of the store is told to
 * forget them first.
 */
final class I09CaughtUpIsWhole implements Invariant {
    @Override
    public String number() {
        return "I9";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        Set<UUID> conversations = past.conversations().stream()
                .map(Event.Founded::conversation)
                .collect(Collectors.toCollection(HashSet::new));
        Replay.of(past, new Whole(past, conversations, begins(past), broken));
        return broken;
    }

    /** When the operation began that was acknowledged with this offset. */
    private static Map<String, Long> begins(Past past) {
        Map<String, Long> begins = new HashMap<>();
        past.ops().stream()
                .filter(op -> op.isOk() && (op.verb() == Verb.EDIT || op.verb() == Verb.DELETE))
                .forEach(op -> {
                    MessageView message = op.message();
                    if (message != null) {
                        begins.merge(place(op.conversation(), message.offset()), op.begin(), Math::min);
                    }
                });
        return begins;
    }

    private static String place(UUID log, long offset) {
        return log + "@" + offset;
    }

    private record Whole(Past past, Set<UUID> conversations, Map<String, Long> begins, List<String> broken)
            implements Watcher {
        @Override
        public void onNext(Heard heard, Holding holding, long offset) {
            foreign(heard, holding);
        }

        @Override
        public void onCatchUp(Heard heard, Holding holding, ServerFrame.CatchUp frame) {
            foreign(heard, holding);
        }

        private void foreign(Heard heard, Holding holding) {
            if (holding.isOfAnotherLife()) {
                broken.add("goes on from an offset of another life of the store: " + heard);
            }
        }

        @Override
        public void onCaughtUp(Heard heard, Holding holding, ServerFrame.CaughtUp frame) {
            if (conversations.contains(holding.log())) {
                past.chronicle(holding.log())
                        .items()
                        .forEach((item, changes) -> look(heard, holding, frame.offset(), item, changes));
            }
        }

        private void look(Heard heard, Holding holding, long reached, UUID item, NavigableSet<Long> changes) {
            Long latest = changes.floor(reached);
            if (latest == null
                    || latest <= holding.base()
                    || holding.offsetOf(item) >= latest
                    || !isVisible(holding, latest)) {
                return;
            }
            Long next = changes.higher(reached);
            if (next == null || begins.getOrDefault(place(holding.log(), next), 0L) > heard.at()) {
                broken.add("of " + item + " the state of offset " + latest + " was left out, and "
                        + holding.offsetOf(item) + " is held: " + heard);
            }
        }

        private boolean isVisible(Holding holding, long offset) {
            Chronicle chronicle = past.chronicle(holding.log());
            Fact fact = chronicle.facts().get(offset);
            return fact == null || !fact.isMessage() || chronicle.seqOf(fact.item()) >= holding.visibleFromSeq();
        }
    }
}
