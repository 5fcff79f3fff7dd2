package io.parley.loadtests.check.checker;

import io.parley.api.ConversationEntry;
import io.parley.api.MessageView;
import io.parley.api.ReadPositionView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Positions only rise, never beyond the head, and only by what their owner did: reading, receiving, saying something, coming
 * in. What is unread is what comes after.
 */
final class I15PositionsAreTheirOwners implements Invariant {
    @Override
    public String number() {
        return "I15";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        owners(past, broken);
        answers(past, broken);
        entries(past, broken);
        return broken;
    }

    private record Owner(UUID conversation, UUID user) {}

    /** What somebody was told of a position. */
    private record Claim(long at, Owner owner, long read, long delivered, String where) {}

    private static void owners(Past past, List<String> broken) {
        Map<Owner, List<Op>> moves = past.ops().stream()
                .filter(op -> op.outcome() != Outcome.FAIL)
                .filter(op -> op.verb() == Verb.READ || op.verb() == Verb.RECEIVED)
                .collect(Collectors.groupingBy(
                        op -> new Owner(op.conversation(), op.by().user())));
        Map<Owner, TreeSet<Long>> said = new HashMap<>();
        Map<Owner, Long> joined = new HashMap<>();
        past.conversations().forEach(conversation -> past.chronicle(conversation.conversation())
                .facts()
                .values()
                .forEach(fact -> {
                    MessageView message = fact.message();
                    if (message != null) {
                        said.computeIfAbsent(
                                        new Owner(message.conversationId(), message.senderId()),
                                        owner -> new TreeSet<>())
                                .add(message.seq());
                    }
                }));
        for (Claim claim : claims(past)) {
            List<Op> mine = moves.getOrDefault(claim.owner, List.of());
            Long mineSaid =
                    said.getOrDefault(claim.owner, new TreeSet<>()).floor(Math.max(claim.read, claim.delivered));
            long own = Math.max(
                    joined.computeIfAbsent(claim.owner, owner -> joined(past, owner)), mineSaid == null ? 0 : mineSaid);
            long read = Math.max(own, furthest(mine, claim, Verb.READ));
            long delivered = Math.max(read, furthest(mine, claim, Verb.RECEIVED));
            if (claim.read > read || claim.delivered > delivered) {
                broken.add("nobody but somebody else moved it beyond " + read + " and " + delivered + ": " + claim);
            }
        }
    }

    private static long furthest(List<Op> moves, Claim claim, Verb verb) {
        return moves.stream()
                .filter(op -> op.verb() == verb && op.begin() < claim.at)
                .mapToLong(op -> Objects.requireNonNullElse(op.call().seq(), 0L))
                .max()
                .orElse(0);
    }

    /** The head when they came last, or something above it: the seq before the first message that is known to be later. */
    private static long joined(Past past, Owner owner) {
        Chronicle chronicle = past.chronicle(owner.conversation);
        Long join = chronicle.changesOf(owner.user).descendingSet().stream()
                .filter(offset ->
                        Objects.requireNonNull(chronicle.facts().get(offset)).comes())
                .findFirst()
                .orElse(0L);
        return chronicle.facts().tailMap(join).values().stream()
                .filter(fact -> fact.isMessage() && "created".equals(fact.reason()))
                .map(fact -> chronicle.seqOf(fact.item()) - 1)
                .min(Comparator.naturalOrder())
                .orElse(Long.MAX_VALUE);
    }

    private static List<Claim> claims(Past past) {
        List<Claim> claims = new ArrayList<>();
        past.lines().forEach(line -> line.heard().forEach(heard -> {
            if (heard.frame() instanceof ServerFrame.Receipt receipt) {
                Owner owner = new Owner(receipt.conversationId(), receipt.userId());
                claims.add(
                        new Claim(heard.at(), owner, receipt.readSeq(), receipt.deliveredSeq(), "receipt on " + line));
            } else if (heard.frame() instanceof ServerFrame.Ready ready) {
                ready.conversations().forEach(entry -> claims.add(claim(heard.at(), line.user(), entry, "" + line)));
            }
        }));
        past.finalReads().forEach(read -> {
            claims.add(claim(read.at(), read.user(), read.entry(), "final read of " + read.node()));
            read.receipts()
                    .forEach(receipt -> claims.add(new Claim(
                            read.at(),
                            new Owner(read.entry().id(), receipt.userId()),
                            receipt.readSeq(),
                            receipt.deliveredSeq(),
                            "final receipts of " + read.node())));
        });
        return claims.stream()
                .filter(claim -> isKnown(past, claim.owner.conversation))
                .toList();
    }

    private static boolean isKnown(Past past, UUID conversation) {
        return past.conversations().stream()
                .anyMatch(founded -> founded.conversation().equals(conversation));
    }

    private static Claim claim(long at, UUID user, ConversationEntry entry, String where) {
        return new Claim(at, new Owner(entry.id(), user), entry.lastReadSeq(), entry.lastDeliveredSeq(), where);
    }

    /** An answer that was given before another was asked for is not above that. */
    private static void answers(Past past, List<String> broken) {
        past.ops().stream()
                .filter(op -> op.isOk() && op.ended() != null && op.ended().read() != null)
                .collect(Collectors.groupingBy(
                        op -> new Owner(op.conversation(), op.by().user())))
                .forEach((owner, ops) -> {
                    boolean isMoved = past.ops().stream()
                            .anyMatch(op -> op.verb() == Verb.ADD
                                    && op.conversation().equals(owner.conversation)
                                    && owner.user.equals(op.call().user()));
                    if (!isMoved) {
                        risen(ops, broken);
                    }
                });
    }

    private static void risen(List<Op> ops, List<String> broken) {
        List<Op> byBegin =
                ops.stream().sorted(Comparator.comparingLong(Op::begin)).toList();
        List<Op> byEnd = ops.stream().sorted(Comparator.comparingLong(Op::end)).toList();
        int ended = 0;
        long read = 0;
        long delivered = 0;
        for (Op op : byBegin) {
            while (byEnd.get(ended).end() < op.begin()) {
                ReadPositionView before = position(byEnd.get(ended++));
                read = Math.max(read, before.lastReadSeq());
                delivered = Math.max(delivered, before.lastDeliveredSeq());
            }
            ReadPositionView now = position(op);
            if (now.lastReadSeq() < read || now.lastDeliveredSeq() < delivered) {
                broken.add("was at " + read + " and " + delivered + " before: " + op);
            }
        }
    }

    private static ReadPositionView position(Op op) {
        return Objects.requireNonNull(Objects.requireNonNull(op.ended()).read());
    }

    private static void entries(Past past, List<String> broken) {
        past.lines().forEach(line -> line.heard().forEach(heard -> {
            if (heard.frame() instanceof ServerFrame.Ready ready) {
                ready.conversations().forEach(entry -> entry(entry, line.toString(), broken));
            }
        }));
        past.finalReads().forEach(read -> entry(read.entry(), "final read of " + read.node(), broken));
        past.all(Event.NodeRead.class).forEach(read -> read.receipts().forEach(receipt -> {
            if (receipt.readSeq() > read.entry().headSeq() || receipt.deliveredSeq() < receipt.readSeq()) {
                broken.add("is beyond the head, or was read and not delivered: " + receipt);
            }
        }));
    }

    private static void entry(ConversationEntry entry, String where, List<String> broken) {
        if (entry.unread() != entry.headSeq() - entry.lastReadSeq()
                || entry.lastReadSeq() > entry.headSeq()
                || entry.lastDeliveredSeq() > entry.headSeq()) {
            broken.add("does not add up in " + where + ": " + entry);
        }
    }
}
