package io.parley.loadtests.check.checker;

import static io.parley.loadtests.check.checker.GoodStory.ONE;
import static io.parley.loadtests.check.checker.GoodStory.THREE;
import static io.parley.loadtests.check.checker.GoodStory.TWO_DELETED;
import static io.parley.loadtests.check.checker.GoodStory.broken;
import static io.parley.loadtests.check.checker.GoodStory.good;
import static io.parley.loadtests.check.checker.Story.ADA;
import static io.parley.loadtests.check.checker.Story.CARL;
import static io.parley.loadtests.check.checker.Story.TALK;
import static io.parley.loadtests.check.checker.Story.edited;
import static io.parley.loadtests.check.checker.Story.id;
import static io.parley.loadtests.check.checker.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Of each invariant on what is said, in which order, and held: I1 to I10. The others: {@link MembersCheckedTest}. */
class CheckerTest {
    @Test
    void nothingIsWrongWithAGoodHistory() {
        assertThat(Checker.check(good().settled(9, ONE, TWO_DELETED, THREE).events()))
                .isEmpty();
    }

    @Test
    void anUnknownOutcomeMayHaveHadItsEffectOrNot() {
        MessageView maybe = message(10, 4, ADA, "maybe");
        Story stored = good().ended(ADA, Story.callOf(maybe), Outcome.UNKNOWN).hears(2, "created", maybe);
        assertThat(Checker.check(
                        stored.settled(10, ONE, TWO_DELETED, THREE, maybe).events()))
                .isEmpty();
        Story lost = good().ended(ADA, Story.callOf(maybe), Outcome.UNKNOWN);
        assertThat(Checker.check(lost.settled(9, ONE, TWO_DELETED, THREE).events()))
                .isEmpty();
    }

    @Test
    void whatNobodyReadInTheEndIsNoProof() {
        assertThat(broken(good())).contains("I1", "I5", "I16");
        assertThat(broken(good().reads("one", 9, ONE, TWO_DELETED, THREE)
                        .stored(9, ONE, TWO_DELETED, THREE)
                        .published(ONE, TWO_DELETED, THREE)))
                .containsExactly("I1");
    }

    @Test
    void i1AnAcknowledgedMessageIsLost() {
        MessageView lost = message(10, 4, ADA, "lost");
        assertThat(broken(good().said(lost).settled(9, ONE, TWO_DELETED, THREE)))
                .contains("I1");
    }

    @Test
    void i1OneNodeDoesNotHaveWhatWasAcknowledged() {
        assertThat(broken(good().reads("one", 9, ONE, TWO_DELETED, THREE)
                        .reads("two", 9, ONE, TWO_DELETED)
                        .stored(9, ONE, TWO_DELETED, THREE)
                        .published(ONE, TWO_DELETED, THREE)))
                .contains("I1", "I10");
    }

    @Test
    void i2ARefusedMessageIsSeen() {
        MessageView refused = message(10, 4, ADA, "refused");
        assertThat(broken(good().ended(ADA, Story.callOf(refused), Outcome.FAIL)
                        .hears(2, "created", refused)
                        .settled(10, ONE, TWO_DELETED, THREE, refused)))
                .containsExactly("I2");
    }

    @Test
    void i2ATextThatNobodySaidIsSeen() {
        MessageView other = edited(THREE, 10, "never said");
        assertThat(broken(good().hears(2, "edited", other).settled(10, ONE, TWO_DELETED, other)))
                .contains("I2");
    }

    @Test
    void i3TheSameSaidAgainIsAnotherMessage() {
        MessageView twice = new MessageView(
                TALK, 10, 4, id(77), CARL, THREE.clientMessageId(), "three", THREE.postedAt(), null, null);
        assertThat(broken(good().changed(CARL, Story.callOf(THREE), twice)
                        .hears(2, "created", twice)
                        .settled(10, ONE, TWO_DELETED, THREE, twice)))
                .containsExactly("I3");
    }

    @Test
    void i4TwoMessagesHaveOneSeq() {
        MessageView same =
                new MessageView(TALK, 10, 3, id(78), ADA, id(79), "also three", THREE.postedAt(), null, null);
        assertThat(broken(good().changed(ADA, Call.send(TALK, id(79), "also three"), same)
                        .hears(2, "created", same)
                        .settled(10, ONE, TWO_DELETED, THREE, same)))
                .contains("I4");
    }

    @Test
    void i5ASeqIsLeftOut() {
        MessageView five = message(10, 5, ADA, "five");
        assertThat(broken(good().said(five).hears(2, "created", five).settled(10, ONE, TWO_DELETED, THREE, five)))
                .contains("I5");
    }

    @Test
    void i5AnOffsetIsLeftOut() {
        MessageView four = message(11, 4, ADA, "four");
        assertThat(broken(good().said(four)
                        .catchesUp(2, 9, 11)
                        .hears(2, "created", four)
                        .caughtUp(2, 11)
                        .settled(11, ONE, TWO_DELETED, THREE, four)))
                .containsExactly("I5");
    }

    @Test
    void i5TheStoredLogHasLostItsTail() {
        assertThat(broken(good().reads(9, ONE, TWO_DELETED, THREE)
                        .stored(10, ONE, TWO_DELETED, THREE)
                        .published(ONE, TWO_DELETED, THREE)))
                .contains("I5");
    }

    @Test
    void i6AnOffsetIsPassedOver() {
        MessageView four = message(10, 4, ADA, "four");
        MessageView five = message(11, 5, ADA, "five");
        assertThat(broken(good().said(four)
                        .said(five)
                        .hears(2, "created", five)
                        .settled(11, ONE, TWO_DELETED, THREE, four, five)))
                .contains("I6");
    }

    @Test
    void i6AnOffsetComesTwice() {
        assertThat(broken(good().hears(2, "created", THREE).settled(9, ONE, TWO_DELETED, THREE)))
                .containsExactly("I6");
    }

    @Test
    void i7WhatIsSaidAfterAnAnswerComesBeforeIt() {
        MessageView late = message(10, 5, ADA, "said first");
        MessageView early = message(11, 4, ADA, "said second");
        assertThat(broken(good().said(late)
                        .said(early)
                        .hears(2, "created", late)
                        .hears(2, "created", early)
                        .settled(11, ONE, TWO_DELETED, THREE, early, late)))
                .containsExactly("I7");
    }

    @Test
    void i7WhatIsSaidInARowChangesPlaces() {
        MessageView first = message(11, 5, ADA, "said first");
        MessageView second = message(10, 4, ADA, "said second");
        Story story = good();
        long one = story.begin(ADA, Story.callOf(first));
        long two = story.begin(ADA, Story.callOf(second));
        assertThat(broken(story.end(one, Outcome.OK, first)
                        .end(two, Outcome.OK, second)
                        .hears(2, "created", second)
                        .hears(2, "created", first)
                        .settled(11, ONE, TWO_DELETED, THREE, second, first)))
                .containsExactly("I7");
    }

    @Test
    void i8APageDoesNotShowWhatWasAcknowledged() {
        assertThat(broken(good().page(ADA, null, 20, ONE, TWO_DELETED).settled(9, ONE, TWO_DELETED, THREE)))
                .containsExactly("I8");
    }

    @Test
    void i8APageShowsAnOlderState() {
        MessageView edited = edited(THREE, 10, "three again");
        assertThat(broken(good().changed(CARL, Call.edit(TALK, THREE.id(), "three again"), edited)
                        .page(ADA, null, 20, ONE, TWO_DELETED, THREE)
                        .hears(2, "edited", edited)
                        .settled(10, ONE, TWO_DELETED, edited)))
                .containsExactly("I8");
    }

    @Test
    void i9ACatchUpLeavesSomethingOut() {
        MessageView four = message(10, 4, ADA, "four");
        MessageView five = message(11, 5, ADA, "five");
        assertThat(broken(good().said(four)
                        .said(five)
                        .catchesUp(2, 9, 11)
                        .hears(2, "created", five)
                        .caughtUp(2, 11)
                        .settled(11, ONE, TWO_DELETED, THREE, four, five)))
                .contains("I9");
    }

    @Test
    void i9WhatChangesWhileACatchUpIsReadMayFollow() {
        MessageView four = message(10, 4, ADA, "four");
        MessageView five = message(11, 5, ADA, "five");
        MessageView edited = edited(four, 12, "four again");
        Story story = good().said(four).said(five);
        long editing = story.begin(ADA, Call.edit(TALK, four.id(), "four again"));
        assertThat(broken(story.catchesUp(2, 9, 11)
                        .hears(2, "created", five)
                        .caughtUp(2, 11)
                        .end(editing, Outcome.OK, edited)
                        .hears(2, "edited", edited)
                        .settled(12, ONE, TWO_DELETED, THREE, edited, five)))
                // To this device, the edit is the first that it hears of the message, and that is right.
                .isSubsetOf("I14");
    }

    @Test
    void i9WhoComesFromAnotherLifeOfTheStoreGoesOn() {
        UUID other = id(201);
        Story story = good().closes(2)
                .add(at -> new Event.Opened(at, 3, Story.actor(CARL, "two"), other, Map.of(TALK, 9L)))
                .hears(3, Story.ready(CARL, 9));
        assertThat(broken(story.hears(3, new ServerFrame.Gap(TALK, 9)).settled(9, ONE, TWO_DELETED, THREE)))
                .isEmpty();
        Story wrong = good().closes(2)
                .add(at -> new Event.Opened(at, 3, Story.actor(CARL, "two"), other, Map.of(TALK, 9L)))
                .hears(3, Story.ready(CARL, 9));
        assertThat(broken(wrong.catchesUp(3, 9, 9).caughtUp(3, 9).settled(9, ONE, TWO_DELETED, THREE)))
                .containsExactly("I9");
    }

    @Test
    void i10ADeviceHoldsSomethingElseInTheEnd() {
        MessageView other = edited(THREE, 9, "something else");
        assertThat(broken(good().reads(9, ONE, TWO_DELETED, other)
                        .stored(9, ONE, TWO_DELETED, other)
                        .published(ONE, TWO_DELETED, other)
                        .add(at -> new Event.NodeRead(
                                at, "one", CARL, Story.entry(9, 3, 3, 3), List.of(), List.of(), List.of()))))
                .contains("I10");
    }

    @Test
    void i10ADeviceIsBehindInTheEnd() {
        MessageView four = message(10, 4, ADA, "four");
        assertThat(broken(good().said(four)
                        .settled(10, ONE, TWO_DELETED, THREE, four)
                        .add(at -> new Event.NodeRead(
                                at, "one", CARL, Story.entry(10, 4, 3, 3), List.of(), List.of(), List.of()))))
                .containsExactly("I10");
    }
}
