package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.StoredLog;
import io.parley.loadtests.check.history.StoredLog.StoredEntry;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * The seqs and offsets of a log are exactly 1 to its head, and the stored log holds each item once, at its latest offset.
 *
 * <p>An offset that nobody saw can be one that was superseded before anybody was told. So there may be as many of them as
 * operations that were not answered with an offset, and no more.
 */
final class I05NumbersHaveNoHoles implements Invariant {
    @Override
    public String number() {
        return "I5";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        for (Event.Founded conversation : past.conversations()) {
            past.finalReads(conversation).forEach(read -> seqs(read, broken));
            List<StoredLog> stored = past.storedLogs()
                    .filter(log -> log.id().equals(conversation.conversation()))
                    .toList();
            if (stored.isEmpty()) {
                broken.add("nobody looked into the store for " + conversation.conversation());
            }
            stored.forEach(log -> offsets(past, log, broken));
        }
        return broken;
    }

    private static void seqs(Event.NodeRead read, List<String> broken) {
        List<Long> seqs = read.messages().stream().map(MessageView::seq).toList();
        List<Long> expected =
                LongStream.rangeClosed(1, read.entry().headSeq()).boxed().toList();
        if (!seqs.equals(expected)) {
            broken.add(read.node() + " has of " + read.entry().id() + " other seqs than 1 to "
                    + read.entry().headSeq() + ": " + difference(seqs, expected));
        }
    }

    private static String difference(List<Long> seqs, List<Long> expected) {
        List<Long> missing = new ArrayList<>(expected);
        missing.removeAll(new HashSet<>(seqs));
        return seqs.size() + " of them, missing " + missing;
    }

    private static void offsets(Past past, StoredLog log, List<String> broken) {
        Chronicle chronicle = past.chronicle(log.id());
        Set<String> items = new HashSet<>();
        long last = 0;
        for (StoredEntry entry : log.entries()) {
            last = Math.max(last, entry.offset());
            if (!items.add(entry.kind() + entry.item())) {
                broken.add("the log " + log.id() + " holds twice: " + entry);
            }
            if (chronicle.changesOf(entry.item()).last() != entry.offset()) {
                broken.add(entry + " of " + log.id() + " is not its latest: "
                        + chronicle.changesOf(entry.item()).last());
            }
        }
        if (last != log.head() || chronicle.facts().lastKey() > log.head()) {
            broken.add("the log " + log.id() + " ends at " + last + ", its head is " + log.head() + ", and "
                    + chronicle.facts().lastKey() + " was seen");
        }
        holes(past, log, chronicle, broken);
    }

    private static void holes(Past past, StoredLog log, Chronicle chronicle, List<String> broken) {
        List<Long> unseen = LongStream.rangeClosed(1, log.head())
                .filter(offset -> !chronicle.facts().containsKey(offset))
                .boxed()
                .toList();
        long unanswered = unanswered(past, log.id()) + unseenMoves(past, log.id(), chronicle);
        if (unseen.size() > unanswered) {
            broken.add("nobody ever saw the offsets " + unseen + " of " + log.id() + ", and only " + unanswered
                    + " operations were not answered with theirs");
        }
    }

    private static long unanswered(Past past, UUID conversation) {
        return past.ops().stream()
                .filter(op -> op.conversation().equals(conversation) && op.outcome() == Outcome.UNKNOWN)
                .filter(op -> op.verb() == Verb.SEND || op.verb() == Verb.EDIT || op.verb() == Verb.DELETE)
                .count();
    }

    /** Comings and goings are answered without an offset, and come once for each founder. */
    private static long unseenMoves(Past past, UUID conversation, Chronicle chronicle) {
        long founders = past.conversations().stream()
                .filter(founded -> founded.conversation().equals(conversation))
                .mapToLong(founded -> founded.members().size())
                .sum();
        long moves = past.ops().stream()
                .filter(op -> op.conversation().equals(conversation) && op.outcome() != Outcome.FAIL)
                .filter(op -> op.verb() == Verb.ADD || op.verb() == Verb.REMOVE || op.verb() == Verb.LEAVE)
                .count();
        long seen = chronicle.facts().values().stream()
                .filter(fact -> fact.kind().equals("member"))
                .count();
        return Math.max(0, founders + moves - seen);
    }
}
