package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every acknowledged send is in the final read, from every node, with its seq. */
final class I01AcknowledgedIsKept implements Invariant {
    @Override
    public String number() {
        return "I1";
    }

    @Override
    public List<String> broken(Past past) {
        return past.conversations().stream()
                .flatMap(conversation -> broken(past, conversation))
                .toList();
    }

    private static Stream<String> broken(Past past, Event.Founded conversation) {
        List<MessageView> acknowledged = past.ops(Verb.SEND)
                .filter(op -> op.isOk() && op.conversation().equals(conversation.conversation()))
                .map(Op::message)
                .flatMap(Stream::ofNullable)
                .toList();
        List<String> broken = new ArrayList<>();
        for (String node : past.nodes()) {
            List<Event.NodeRead> reads = past.finalReads(conversation)
                    .filter(read -> read.node().equals(node))
                    .toList();
            if (reads.isEmpty()) {
                broken.add("nobody read " + conversation.conversation() + " from " + node + " in the end");
            }
            reads.forEach(read -> broken.addAll(missing(acknowledged, read)));
        }
        return broken.stream();
    }

    private static List<String> missing(List<MessageView> acknowledged, Event.NodeRead read) {
        Map<UUID, MessageView> found = read.messages().stream()
                .collect(Collectors.toMap(MessageView::id, Function.identity(), (one, other) -> other));
        return acknowledged.stream()
                .filter(message -> {
                    MessageView kept = found.get(message.id());
                    return kept == null || kept.seq() != message.seq();
                })
                .map(message -> read.node() + " does not have acknowledged " + message)
                .toList();
    }
}
