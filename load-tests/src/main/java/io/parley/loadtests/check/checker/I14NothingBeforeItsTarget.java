package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Outside catch-ups, nobody is told what became of a message before the message itself. Replies and reactions, of which the
 * promise speaks, are to come here with their features; edits and deletions are what refers to a message so far.
 */
final class I14NothingBeforeItsTarget implements Invariant {
    @Override
    public String number() {
        return "I14";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        Replay.of(past, new Targets(past, broken));
        return broken;
    }

    private record Targets(Past past, List<String> broken) implements Watcher {
        @Override
        public void onNext(Heard heard, Holding holding, long offset) {
            if (heard.frame() instanceof ServerFrame.Change change && !holding.isCatchingUp()) {
                MessageView message = change.message();
                if (message != null
                        && !change.reason().equals("created")
                        && holding.offsetOf(message.id()) == 0
                        && past.chronicle(change.logId())
                                        .changesOf(message.id())
                                        .first()
                                > holding.base()
                        && past.chronicle(change.logId())
                                        .changesOf(message.id())
                                        .first()
                                < offset) {
                    broken.add("what it is about has not been told: " + heard);
                }
            }
        }
    }
}
