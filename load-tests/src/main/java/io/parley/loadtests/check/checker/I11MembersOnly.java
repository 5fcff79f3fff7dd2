package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.checker.Watcher.Heard;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is delivered to somebody beyond their removal, nothing is written by them after it, and who may not see what was
 * said before they came does not, edited later or not.
 */
final class I11MembersOnly implements Invariant {
    @Override
    public String number() {
        return "I11";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        past.lines().forEach(line -> line.heard().forEach(heard -> {
            if (heard.frame() instanceof ServerFrame.Change change) {
                delivered(past, new Heard(line, heard.at(), change), change, broken);
            }
        }));
        past.conversations().forEach(conversation -> written(past, conversation, broken));
        past.ops(Verb.PAGE).filter(Op::isOk).forEach(op -> page(past, op, broken));
        answered(past, broken);
        return broken;
    }

    private static void delivered(Past past, Heard heard, ServerFrame.Change change, List<String> broken) {
        UUID user = heard.line().user();
        Chronicle chronicle = past.chronicle(change.logId());
        if (isOut(past, chronicle, change.logId(), user, change.offset(), heard.at())) {
            broken.add("delivered to who is out: " + heard);
        }
        MessageView message = change.message();
        if (message != null) {
            Long join = lastJoin(chronicle, user, offset -> offset < change.offset());
            hidden(past, message, user, join, heard.toString(), broken);
        }
    }

    /** Whether the last thing known of the user before an offset is that they went, and nobody can have let them in since. */
    private static boolean isOut(Past past, Chronicle chronicle, UUID conversation, UUID user, long offset, long at) {
        Fact last = chronicle.before(user, offset);
        if (last == null || !last.goes()) {
            return false;
        }
        long entries = past.ops(Verb.ADD)
                .filter(op -> op.conversation().equals(conversation)
                        && user.equals(op.call().user()))
                .filter(op -> op.outcome() != Outcome.FAIL && op.begin() < at)
                .count();
        List<Fact> known = chronicle.changesOf(user).headSet(offset).stream()
                .map(chronicle.facts()::get)
                .toList();
        // The first of the known ones is from when the conversation was opened, or is among those operations.
        boolean founding = isFounder(past, conversation, user) && known.get(0).comes();
        return entries <= known.stream().filter(Fact::comes).count() - (founding ? 1 : 0);
    }

    private static boolean isFounder(Past past, UUID conversation, UUID user) {
        return past.conversations().stream()
                .anyMatch(founded -> founded.conversation().equals(conversation)
                        && founded.members().contains(user));
    }

    /** Its offset; null if they have been in it from the beginning, or it is not known. */
    private static @Nullable Long lastJoin(Chronicle chronicle, UUID user, LongPredicate range) {
        return chronicle.changesOf(user).descendingSet().stream()
                .filter(offset -> range.test(offset))
                .filter(offset -> {
                    Fact fact = chronicle.facts().get(offset);
                    return fact != null && fact.comes();
                })
                .findFirst()
                .orElse(null);
    }

    private static void hidden(
            Past past, MessageView message, UUID user, @Nullable Long join, String where, List<String> broken) {
        if (join != null && isJoinedOnly(past, message.conversationId())) {
            Chronicle chronicle = past.chronicle(message.conversationId());
            Long firstSeen = chronicle.changesOf(message.id()).first();
            long before = chronicle.facts().headMap(join).values().stream()
                    .filter(Fact::isMessage)
                    .mapToLong(fact -> chronicle.seqOf(fact.item()))
                    .max()
                    .orElse(0);
            if (firstSeen < join || message.seq() <= before) {
                broken.add("was said before " + user + " came at offset " + join + ": " + where);
            }
        }
    }

    private static boolean isJoinedOnly(Past past, UUID conversation) {
        return past.conversations().stream()
                .anyMatch(founded -> founded.conversation().equals(conversation)
                        && founded.history().equals("joined"));
    }

    private static void written(Past past, Event.Founded conversation, List<String> broken) {
        Chronicle chronicle = past.chronicle(conversation.conversation());
        chronicle.facts().forEach((offset, fact) -> {
            MessageView message = fact.message();
            if (message != null
                    && "created".equals(fact.reason())
                    && isOut(past, chronicle, conversation.conversation(), message.senderId(), offset, fact.at())) {
                broken.add("written by who is out: " + message);
            }
        });
    }

    /** Who has been out since may not read what was said before that, whenever they came again. */
    private static void page(Past past, Op op, List<String> broken) {
        if (!isJoinedOnly(past, op.conversation())
                || op.ended() == null
                || op.ended().page() == null) {
            return;
        }
        long out = Stream.concat(past.ops(Verb.REMOVE), past.ops(Verb.LEAVE))
                .filter(removal -> removal.isOk() && removal.conversation().equals(op.conversation()))
                .filter(removal -> op.by().user().equals(removal.call().user()) && removal.end() < op.begin())
                .mapToLong(Op::begin)
                .max()
                .orElse(Long.MIN_VALUE);
        Chronicle chronicle = past.chronicle(op.conversation());
        op.ended().page().stream()
                .filter(message -> known(chronicle, message) < out)
                .forEach(message -> broken.add("was said before " + op.by().user() + " was out: " + message
                        + " on the page of operation " + op.invoked().op()));
    }

    private static long known(Chronicle chronicle, MessageView message) {
        return Objects.requireNonNull(
                        chronicle.facts().get(chronicle.changesOf(message.id()).first()))
                .at();
    }

    /** Between the answer to a removal and the next attempt to let them in, they are refused everything. */
    private static void answered(Past past, List<String> broken) {
        Map<UUID, List<Op>> byConversation = past.ops().stream().collect(Collectors.groupingBy(Op::conversation));
        past.ops().stream()
                .filter(op -> (op.verb() == Verb.REMOVE || op.verb() == Verb.LEAVE) && op.isOk())
                .forEach(removal -> afterwards(
                        past, removal, byConversation.getOrDefault(removal.conversation(), List.of()), broken));
    }

    private static void afterwards(Past past, Op removal, List<Op> ops, List<String> broken) {
        UUID user = removal.call().user();
        if (user == null) {
            return;
        }
        List<Op> entries = ops.stream()
                .filter(op -> op.verb() == Verb.ADD && user.equals(op.call().user()))
                .toList();
        boolean meanwhile = entries.stream().anyMatch(op -> op.begin() < removal.end() && op.end() > removal.begin());
        long until = entries.stream()
                .mapToLong(Op::begin)
                .filter(begin -> begin > removal.end())
                .min()
                .orElse(Long.MAX_VALUE);
        ops.stream()
                .filter(op -> !meanwhile && op.by().user().equals(user) && op.isOk())
                .filter(op -> op.begin() > removal.end() && op.end() < until)
                .filter(op -> !isRepeat(past, op, removal))
                .forEach(op -> broken.add("answered to who is out since operation "
                        + removal.invoked().op() + ": " + op.invoked()));
    }

    /**
     * Whether it asks again for what they asked for while they were in: that is acknowledged also to who is out, else an unknown
     * outcome would never be known. Of what became of the message since, they may hear of its deletion alone.
     */
    private static boolean isRepeat(Past past, Op op, Op removal) {
        MessageView message = op.message();
        if (message == null && op.verb() != Verb.DELETE) {
            return false;
        }
        UUID user = op.by().user();
        boolean askedBefore = past.ops(op.verb())
                .filter(first -> first.by().user().equals(user) && first.begin() < removal.end())
                .anyMatch(first -> asksFor(first.call()).equals(asksFor(op.call())));
        Chronicle chronicle = past.chronicle(op.conversation());
        return askedBefore
                && (message == null
                        || message.deletedAt() != null
                        || !isOut(past, chronicle, op.conversation(), user, message.offset(), op.begin()));
    }

    private static List<@Nullable UUID> asksFor(Call call) {
        return Arrays.asList(call.conversation(), call.key(), call.message());
    }
}
