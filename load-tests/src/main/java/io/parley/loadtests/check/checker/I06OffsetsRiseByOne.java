package io.parley.loadtests.check.checker;

import io.parley.api.ServerFrame;
import java.util.ArrayList;
import java.util.List;

/** Outside catch-ups the offsets of a log rise by exactly one in a connection; inside they rise. */
final class I06OffsetsRiseByOne implements Invariant {
    @Override
    public String number() {
        return "I6";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        Replay.of(past, new Order(broken));
        return broken;
    }

    private record Order(List<String> broken) implements Watcher {
        @Override
        public void onNext(Heard heard, Holding holding, long offset) {
            boolean inOrder = holding.isCatchingUp() ? offset > holding.offset() : offset == holding.offset() + 1;
            if (!inOrder) {
                broken.add("not next to offset " + holding.offset() + ": " + heard);
            }
            if (heard.frame() instanceof ServerFrame.Change change
                    && change.message() != null
                    && change.message().offset() != offset) {
                broken.add("the message says another offset than its change: " + heard);
            }
        }

        @Override
        public void onCatchUp(Heard heard, Holding holding, ServerFrame.CatchUp frame) {
            if (holding.isCatchingUp() || frame.from() != holding.offset() || frame.to() < frame.from()) {
                broken.add("expected from offset " + holding.offset() + ": " + heard);
            }
        }

        @Override
        public void onCaughtUp(Heard heard, Holding holding, ServerFrame.CaughtUp frame) {
            if (!holding.isCatchingUp() || frame.offset() < holding.offset()) {
                broken.add("no catch-up, or one beyond it, at offset " + holding.offset() + ": " + heard);
            }
        }

        @Override
        public void onStray(Heard heard) {
            broken.add("nobody follows this log: " + heard);
        }
    }
}
