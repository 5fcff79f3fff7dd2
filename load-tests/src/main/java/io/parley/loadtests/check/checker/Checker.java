package io.parley.loadtests.check.checker;

import io.parley.loadtests.check.history.Event;
import java.util.List;

/** Holds a history against all invariants. */
public final class Checker {
    static final List<Invariant> ALL = List.of(
            new I01AcknowledgedIsKept(),
            new I02RefusedIsNotSeen(),
            new I03OneMessagePerClientId(),
            new I04OneMessagePerSeq(),
            new I05NumbersHaveNoHoles(),
            new I06OffsetsRiseByOne(),
            new I07OrderOfAcknowledgement(),
            new I08ReadsSeeWhatWasAcknowledged(),
            new I09CaughtUpIsWhole(),
            new I10AllHoldTheSame(),
            new I11MembersOnly(),
            new I13DeletedStaysDeleted(),
            new I14NothingBeforeItsTarget(),
            new I15PositionsAreTheirOwners(),
            new I16StoredIsPublished());

    private Checker() {}

    /** Value: all that is wrong; a broken promise may break others after it. */
    public static List<Violation> check(List<Event> history) {
        Past past = Past.of(history);
        return ALL.stream()
                .flatMap(invariant ->
                        invariant.broken(past).stream().map(what -> new Violation(invariant.number(), what)))
                .toList();
    }
}
