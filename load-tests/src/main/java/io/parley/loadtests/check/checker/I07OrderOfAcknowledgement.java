package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who says something after another message was acknowledged gets a higher seq; what one client says without waiting keeps its
 * order.
 */
final class I07OrderOfAcknowledgement implements Invariant {
    @Override
    public String number() {
        return "I7";
    }

    @Override
    public List<String> broken(Past past) {
        Map<Key, Said> all = new HashMap<>();
        past.ops(Verb.SEND)
                .forEach(op -> all.computeIfAbsent(Key.of(op), Said::new).add(op));
        List<Said> said = all.values().stream().filter(Said::isAcknowledged).toList();
        Map<UUID, List<Said>> byConversation = new HashMap<>();
        said.forEach(one -> byConversation
                .computeIfAbsent(one.key.conversation(), id -> new ArrayList<>())
                .add(one));
        List<String> broken = new ArrayList<>();
        byConversation.values().forEach(ones -> {
            afterAcknowledgement(ones, broken);
            pipelined(ones, broken);
        });
        return broken;
    }

    /** The highest seq that was acknowledged when each one was first said is below its own. */
    private static void afterAcknowledgement(List<Said> said, List<String> broken) {
        List<Said> byBegin =
                said.stream().sorted(Comparator.comparingLong(one -> one.begin)).toList();
        List<Said> byEnd =
                said.stream().sorted(Comparator.comparingLong(one -> one.end)).toList();
        int acknowledged = 0;
        long highest = 0;
        for (Said one : byBegin) {
            while (byEnd.get(acknowledged).end < one.begin) {
                highest = Math.max(highest, byEnd.get(acknowledged++).seq);
            }
            if (one.seq <= highest) {
                broken.add(
                        one.key + " has seq " + one.seq + ", and " + highest + " was acknowledged before it was said");
            }
        }
    }

    /** Only what was acknowledged at the first try: what is said again is said later. */
    private static void pipelined(List<Said> said, List<String> broken) {
        Map<String, List<Said>> byClient = new HashMap<>();
        said.stream().filter(one -> one.tries == 1 && one.isOverLine()).forEach(one -> byClient.computeIfAbsent(
                        one.client(), name -> new ArrayList<>())
                .add(one));
        byClient.values().forEach(ones -> {
            ones.sort(Comparator.comparingLong(one -> one.begin));
            for (int i = 1; i < ones.size(); i++) {
                if (ones.get(i).seq < ones.get(i - 1).seq) {
                    broken.add(ones.get(i).key + " has a lower seq than what the same client said before: "
                            + ones.get(i - 1).key);
                }
            }
        });
    }

    /** One message with all tries to say it. */
    private static final class Said {
        final Key key;

        @Nullable
        Op first;

        long begin = Long.MAX_VALUE;
        long end = Long.MAX_VALUE;
        long seq;
        int tries;

        Said(Key key) {
            this.key = key;
        }

        void add(Op op) {
            tries++;
            if (op.begin() < begin) {
                begin = op.begin();
                first = op;
            }
            MessageView message = op.message();
            if (op.isOk() && message != null) {
                end = Math.min(end, op.end());
                seq = message.seq();
            }
        }

        boolean isAcknowledged() {
            return seq > 0;
        }

        /** On a live line, where what is said keeps its order. */
        boolean isOverLine() {
            return List.of("websocket", "rsocket")
                    .contains(Objects.requireNonNull(first).by().via());
        }

        String client() {
            return Objects.requireNonNull(first).by().toString();
        }
    }
}
