package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** In the end all nodes tell the same, and every device of every member holds it. */
final class I10AllHoldTheSame implements Invariant {
    @Override
    public String number() {
        return "I10";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        Map<UUID, Event.NodeRead> truth = new HashMap<>();
        for (Event.Founded conversation : past.conversations()) {
            past.finalReads(conversation).forEach(read -> {
                Event.NodeRead first = truth.putIfAbsent(conversation.conversation(), read);
                if (first != null && !isSame(first, read)) {
                    broken.add(first.node() + " and " + read.node() + " tell different things of "
                            + conversation.conversation());
                }
            });
        }
        Replay.of(past, new Ends(truth, memberships(past), broken));
        return broken;
    }

    private static boolean isSame(Event.NodeRead one, Event.NodeRead other) {
        return one.messages().equals(other.messages())
                && one.log().equals(other.log())
                && one.receipts().equals(other.receipts());
    }

    /** Who was in what in the end, as the nodes told them. */
    private static Map<UUID, Set<UUID>> memberships(Past past) {
        return past.finalReads()
                .collect(Collectors.groupingBy(
                        Event.NodeRead::user,
                        Collectors.mapping(read -> read.entry().id(), Collectors.toSet())));
    }

    private record Ends(Map<UUID, Event.NodeRead> truth, Map<UUID, Set<UUID>> memberships, List<String> broken)
            implements Watcher {
        @Override
        public void onEnd(Line line, Map<UUID, Holding> logs) {
            if (!line.isOpen()) {
                broken.add("it did not stay connected until the end: " + line);
                return;
            }
            memberships.getOrDefault(line.user(), Set.of()).forEach(conversation -> {
                Event.NodeRead read = truth.get(conversation);
                Holding holding = logs.get(conversation);
                if (holding == null) {
                    broken.add(line + " does not follow " + conversation);
                } else if (read != null) {
                    compare(line, holding, read);
                }
            });
        }

        private void compare(Line line, Holding holding, Event.NodeRead read) {
            if (holding.offset() != read.entry().position() || holding.isCatchingUp()) {
                broken.add(line + " is at offset " + holding.offset() + " of " + holding.log() + ", which ends at "
                        + read.entry().position());
                return;
            }
            Map<UUID, MessageView> held = new HashMap<>(holding.messages());
            for (MessageView message : read.messages()) {
                MessageView mine = held.remove(message.id());
                boolean wasTold = message.offset() > holding.base() && message.seq() >= holding.visibleFromSeq();
                if (mine == null ? wasTold : !mine.equals(message)) {
                    broken.add(line + " holds " + mine + " instead of " + message);
                }
            }
            held.values().forEach(nowhere -> broken.add(line + " holds what is nowhere: " + nowhere));
            members(line, holding, read);
        }

        private void members(Line line, Holding holding, Event.NodeRead read) {
            for (ServerFrame frame : read.log()) {
                if (frame instanceof ServerFrame.Change change
                        && change.member() != null
                        && change.offset() > holding.base()
                        && holding.offsetOf(change.member().user().id()) != change.offset()) {
                    broken.add(line + " does not hold " + change);
                }
            }
        }
    }
}
