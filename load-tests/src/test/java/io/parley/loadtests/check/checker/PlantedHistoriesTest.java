package io.parley.loadtests.check.checker;

import static io.parley.loadtests.check.checker.Story.ADA;
import static io.parley.loadtests.check.checker.Story.BOB;
import static io.parley.loadtests.check.checker.Story.CARL;
import static io.parley.loadtests.check.checker.Story.TALK;
import static io.parley.loadtests.check.checker.Story.deleted;
import static io.parley.loadtests.check.checker.Story.edited;
import static io.parley.loadtests.check.checker.Story.id;
import static io.parley.loadtests.check.checker.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Verb;
import io.parley.loadtests.check.planted.Bug;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each planted bug leaves in a history, without a server: the quick half of {@code PlantedBugsIT}. */
class PlantedHistoriesTest {
    private static final MessageView ONE = message(5, 1, ADA, "one");
    private static final MessageView TWO = message(6, 2, BOB, "two");
    private static final MessageView THREE = message(7, 3, ADA, "three");
    private static final MessageView THREE_EDITED = edited(THREE, 8, "three again");
    private static final MessageView THREE_DELETED = deleted(THREE_EDITED, 9);

    private static Story begun() {
        return new Story("all").opens(1, CARL, 4).said(ONE).hears(1, "created", ONE);
    }

    @ParameterizedTest
    @EnumSource
    void theInvariantOfEachBugCatchesIt(Bug bug) {
        assertThat(Checker.check(history(bug).events()))
                .extracting(Violation::invariant)
                .contains(bug.invariant());
    }

    @Test
    void withoutABugNothingIsCaught() {
        Story right = begun().said(TWO).hears(1, "created", TWO).settled(6, ONE, TWO);
        assertThat(Checker.check(right.events())).isEmpty();
    }

    private static Story history(Bug bug) {
        return switch (bug) {
            case ACK_BEFORE_COMMIT -> begun().said(TWO).settled(5, ONE);
            case REPEATS_NOT_RECOGNISED -> repeated();
            case A_HOLE_LEFT_BY_A_REPEAT ->
                begun().said(ONE)
                        .said(THREE)
                        .catchesUp(1, 5, 7)
                        .hears(1, "created", THREE)
                        .caughtUp(1, 7)
                        .settled(7, ONE, THREE);
            case A_REMOVED_SENDER_STILL_WRITES ->
                begun().ended(ADA, Call.member(Verb.REMOVE, TALK, BOB), Outcome.OK)
                        .said(TWO)
                        .settled(6, ONE, TWO);
            case DELIVERY_WITHOUT_REORDERING ->
                begun().said(TWO)
                        .said(THREE)
                        .hears(1, "created", THREE)
                        .hears(1, "created", TWO)
                        .settled(7, ONE, TWO, THREE);
            case A_LOST_TAIL -> caughtUpWithout(THREE);
            case A_PAGE_WITHOUT_THE_HEAD_OF_ITS_SNAPSHOT, A_CATCH_UP_THAT_OVERTAKES_THE_HUB -> caughtUpWithout(TWO);
            case RESUME_OFF_BY_ONE ->
                begun().closes(1)
                        .said(TWO)
                        .said(THREE)
                        .resumes(2, CARL, 5, 7)
                        .catchesUp(2, 6, 7)
                        .hears(2, "created", THREE)
                        .caughtUp(2, 7)
                        .settled(7, ONE, TWO, THREE);
            case EPOCH_IGNORED ->
                begun().closes(1)
                        .add(at -> new Event.Opened(at, 2, Story.actor(CARL, "two"), new UUID(9, 9), Map.of(TALK, 5L)))
                        .hears(2, Story.ready(CARL, 5))
                        .catchesUp(2, 5, 5)
                        .caughtUp(2, 5)
                        .settled(5, ONE);
            case DELETED_CONTENT_FROM_THE_CACHE ->
                begun().closes(1)
                        .said(TWO)
                        .said(THREE)
                        .changed(ADA, Call.edit(TALK, THREE.id(), "three again"), THREE_EDITED)
                        .changed(ADA, Call.delete(TALK, THREE.id()), THREE_DELETED)
                        .resumes(2, CARL, 5, 9)
                        .catchesUp(2, 5, 9)
                        .hears(2, "created", TWO)
                        .hears(2, "edited", THREE_EDITED)
                        .hears(2, "deleted", THREE_DELETED)
                        .caughtUp(2, 9)
                        .settled(9, ONE, TWO, THREE_DELETED);
            case A_RECEIPT_MOVED_BY_SOMEBODY_ELSE ->
                begun().said(TWO)
                        .hears(1, "created", TWO)
                        .hears(1, new ServerFrame.Receipt(TALK, CARL, 2, 2, 0L))
                        .settled(6, ONE, TWO);
        };
    }

    private static Story repeated() {
        MessageView twice =
                new MessageView(TALK, 6, 2, id(77), ADA, ONE.clientMessageId(), "one", ONE.postedAt(), null, null);
        return begun().changed(ADA, Story.callOf(ONE), twice)
                .hears(1, "created", twice)
                .settled(6, ONE, twice);
    }

    /** Carl was away while Bob and Ada said something, and was not told all of it. */
    private static Story caughtUpWithout(MessageView missing) {
        Story story =
                begun().closes(1).said(TWO).said(THREE).resumes(2, CARL, 5, 7).catchesUp(2, 5, 7);
        for (MessageView message : new MessageView[] {TWO, THREE}) {
            if (message != missing) {
                story.hears(2, "created", message);
            }
        }
        return story.caughtUp(2, 7).settled(7, ONE, TWO, THREE);
    }
}
