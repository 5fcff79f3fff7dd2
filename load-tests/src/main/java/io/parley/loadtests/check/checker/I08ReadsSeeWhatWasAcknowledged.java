package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** A page of the history, from whatever node, shows what was acknowledged or read before it was asked for, or newer. */
final class I08ReadsSeeWhatWasAcknowledged implements Invariant {
    @Override
    public String number() {
        return "I8";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        past.ops().stream()
                .collect(Collectors.groupingBy(Op::conversation))
                .values()
                .forEach(ops -> broken.addAll(ofConversation(ops)));
        return broken;
    }

    private static List<String> ofConversation(List<Op> ops) {
        List<String> broken = new ArrayList<>();
        Known known = new Known();
        List<Op> byEnd = ops.stream()
                .filter(Op::isOk)
                .sorted((one, other) -> Long.compare(one.end(), other.end()))
                .toList();
        int ended = 0;
        for (Op page : ops.stream()
                .filter(op -> op.verb() == Verb.PAGE && op.isOk())
                .sorted((one, other) -> Long.compare(one.begin(), other.begin()))
                .toList()) {
            while (byEnd.get(ended).end() < page.begin()) {
                known.learn(byEnd.get(ended++));
            }
            broken.addAll(known.missing(page));
        }
        return broken;
    }

    /** What a read must show by now. */
    private static final class Known {
        private final NavigableMap<Long, UUID> bySeq = new TreeMap<>();
        private final Map<UUID, Long> offsets = new HashMap<>();

        void learn(Op op) {
            MessageView acknowledged = op.message();
            if (acknowledged != null) {
                learn(acknowledged);
            }
            page(op).forEach(this::learn);
        }

        private void learn(MessageView message) {
            bySeq.put(message.seq(), message.id());
            offsets.merge(message.id(), message.offset(), Math::max);
        }

        List<String> missing(Op op) {
            List<MessageView> page = page(op);
            Map<UUID, Long> shown =
                    page.stream().collect(Collectors.toMap(MessageView::id, MessageView::offset, Math::max));
            return expected(op, page).values().stream()
                    .filter(message -> shown.getOrDefault(message, 0L) < offsets.getOrDefault(message, 0L))
                    .map(message -> "operation " + op.invoked().op() + " at "
                            + op.by().node() + " does not show " + message + " as of offset " + offsets.get(message))
                    .toList();
        }

        /** What is in the range of the page: from its first message on, up to its last if there is more to come. */
        private NavigableMap<Long, UUID> expected(Op op, List<MessageView> page) {
            Integer limit = op.call().limit();
            if (page.isEmpty() || limit == null) {
                return new TreeMap<>();
            }
            long first = page.get(0).seq();
            boolean more = op.call().seq() != null && page.size() >= limit;
            long last = more ? page.get(page.size() - 1).seq() : Long.MAX_VALUE;
            return bySeq.subMap(first, true, last, true);
        }

        private static List<MessageView> page(Op op) {
            List<MessageView> page = op.ended() == null ? null : op.ended().page();
            return page == null ? List.of() : page;
        }
    }
}
