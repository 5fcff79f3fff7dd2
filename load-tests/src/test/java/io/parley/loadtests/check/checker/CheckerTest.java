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
import io.parley.loadtests.check.history.StoredLog.StoredEntry;
import io.parley.loadtests.check.history.Verb;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckerTest {
    private static final MessageView ONE = message(5, 1, ADA, "one");
    private static final MessageView TWO = message(6, 2, BOB, "two");
    private static final MessageView TWO_EDITED = edited(TWO, 7, "two again");
    private static final MessageView TWO_DELETED = deleted(TWO_EDITED, 8);
    private static final MessageView THREE = message(9, 3, CARL, "three");

    private static List<String> broken(Story story) {
        return Checker.check(story.events()).stream()
                .map(Violation::invariant)
                .distinct()
                .toList();
    }

    /** Ada says something, and Bob, who changes and unsays it; Carl hears all of it, and catches up on the end. */
    private static Story good() {
        return new Story("all")
                .opens(1, CARL, 4)
                .said(ONE)
                .hears(1, "created", ONE)
                .said(TWO)
                .hears(1, "created", TWO)
                .page(ADA, null, 20, ONE, TWO)
                .closes(1)
                .changed(BOB, Call.edit(TALK, TWO.id(), "two again"), TWO_EDITED)
                .changed(BOB, Call.delete(TALK, TWO.id()), TWO_DELETED)
                .resumes(2, CARL, 6, 8)
                .catchesUp(2, 6, 8)
                .hears(2, "deleted", TWO_DELETED)
                .caughtUp(2, 8)
                .position(CARL, Call.position(Verb.READ, TALK, 2), 2, 2, 0)
                .said(THREE)
                .hears(2, "created", THREE);
    }

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

    @Test
    void i11WhoWasRemovedHearsMore() {
        MessageView four = message(11, 4, ADA, "four");
        assertThat(broken(good().ended(ADA, Call.member(Verb.REMOVE, TALK, CARL), Outcome.OK)
                        .hears(2, Story.member(CARL, 10, "removed"))
                        .said(four)
                        .hears(2, "created", four)
                        .reads(11, ONE, TWO_DELETED, THREE, four)
                        .stored(
                                11,
                                0,
                                List.of(new StoredEntry("member", CARL, 10, "removed")),
                                ONE,
                                TWO_DELETED,
                                THREE,
                                four)
                        .published(ONE, TWO_DELETED, THREE, four)))
                .contains("I11");
    }

    @Test
    void i11WhoWasRemovedIsStillAnswered() {
        MessageView four = message(11, 4, CARL, "four");
        assertThat(broken(good().ended(ADA, Call.member(Verb.REMOVE, TALK, CARL), Outcome.OK)
                        .hears(2, Story.member(CARL, 10, "removed"))
                        .said(four)
                        .reads(11, ONE, TWO_DELETED, THREE, four)))
                .contains("I11");
    }

    @Test
    void i11WhoWasRemovedMaySayAgainWhatWasStoredBeforeAndHearsNoMoreOfIt() {
        MessageView four = message(10, 4, CARL, "four");
        Story story = good().said(four)
                .ended(ADA, Call.member(Verb.REMOVE, TALK, CARL), Outcome.OK)
                .hears(2, Story.member(CARL, 11, "removed"))
                .said(four);
        assertThat(Checker.check(story.events()))
                .extracting(Violation::invariant)
                .doesNotContain("I11");
        assertThat(broken(story.said(edited(four, 12, "four")))).contains("I11");
    }

    @Test
    void i11WhoCameLaterSeesWhatWasSaidBefore() {
        MessageView four = message(12, 4, ADA, "four");
        MessageView again = edited(THREE, 13, "three again");
        Story story = new Story("joined")
                .opens(1, ADA, 4)
                .said(ONE)
                .said(TWO)
                .said(THREE)
                .hears(1, "created", ONE)
                .hears(1, "created", TWO)
                .hears(1, Story.member(CARL, 10, "removed"))
                .hears(1, Story.member(CARL, 11, "added"))
                .said(four)
                .opens(2, CARL, 11)
                .hears(2, "created", four)
                .changed(CARL, Call.edit(TALK, THREE.id(), "three again"), again);
        assertThat(Checker.check(story.events()))
                .extracting(Violation::invariant)
                .doesNotContain("I11");
        assertThat(broken(story.hears(2, "edited", again))).contains("I11");
    }

    @Test
    void i13ADeletedTextComesBack() {
        MessageView back = edited(TWO, 10, "two again");
        assertThat(broken(good().hears(2, "edited", back).settled(10, ONE, back, THREE)))
                .contains("I13");
    }

    @Test
    void i13ADeletedTextIsRead() {
        assertThat(broken(good().page(ADA, 1L, 1, TWO_EDITED).settled(9, ONE, TWO_DELETED, THREE)))
                .contains("I13", "I8");
    }

    @Test
    void i13ADeletedTextIsToldInACatchUp() {
        assertThat(broken(good().closes(2)
                        .resumes(3, CARL, 6, 9)
                        .catchesUp(3, 6, 9)
                        .hears(3, "edited", TWO_EDITED)
                        .hears(3, "created", THREE)
                        .caughtUp(3, 9)
                        .settled(9, ONE, TWO_DELETED, THREE)))
                .contains("I13");
    }

    @Test
    void i14AnEditIsHeardBeforeTheMessage() {
        MessageView four = message(10, 4, ADA, "four");
        MessageView edited = edited(four, 11, "four again");
        assertThat(broken(good().said(four)
                        .changed(ADA, Call.edit(TALK, four.id(), "four again"), edited)
                        .hears(2, "edited", edited)
                        .settled(11, ONE, TWO_DELETED, THREE, edited)))
                .contains("I14");
    }

    @Test
    void i15SomebodyElseMovesAPosition() {
        assertThat(broken(good().hears(2, new ServerFrame.Receipt(TALK, BOB, 3, 3, null))
                        .settled(9, ONE, TWO_DELETED, THREE)))
                .containsExactly("I15");
    }

    @Test
    void i15APositionFalls() {
        assertThat(broken(good().position(CARL, Call.position(Verb.READ, TALK, 3), 3, 3, 0)
                        .position(CARL, Call.position(Verb.READ, TALK, 1), 1, 3, 2)
                        .settled(9, ONE, TWO_DELETED, THREE)))
                .containsExactly("I15");
    }

    @Test
    void i15WhatIsUnreadDoesNotAddUp() {
        assertThat(broken(good().settled(9, ONE, TWO_DELETED, THREE)
                        .add(at ->
                                new Event.NodeRead(at, "one", BOB, unread(3, 2, 5), List.of(), List.of(), List.of()))))
                .containsExactly("I15");
    }

    private static io.parley.api.ConversationEntry unread(long headSeq, long read, long unread) {
        io.parley.api.ConversationEntry right = Story.entry(9, headSeq, read, read);
        return new io.parley.api.ConversationEntry(
                right.id(),
                right.kind(),
                right.title(),
                right.history(),
                right.createdAt(),
                null,
                right.role(),
                3,
                9,
                headSeq,
                unread,
                read,
                read,
                null,
                null,
                1);
    }

    @Test
    void i16SomethingWaitsToBePublished() {
        assertThat(broken(good().reads(9, ONE, TWO_DELETED, THREE)
                        .stored(9, 1, List.of(), ONE, TWO_DELETED, THREE)
                        .published(ONE, TWO_DELETED, THREE)))
                .containsExactly("I16");
    }

    @Test
    void i16AStoredMessageWasNeverPublished() {
        assertThat(broken(good().reads(9, ONE, TWO_DELETED, THREE)
                        .stored(9, ONE, TWO_DELETED, THREE)
                        .published(ONE, TWO_DELETED)))
                .containsExactly("I16");
    }

    @Test
    void i16APublishedMessageWasNeverStored() {
        assertThat(broken(good().reads(9, ONE, TWO_DELETED, THREE)
                        .stored(9, ONE, TWO_DELETED, THREE)
                        .published(ONE, TWO_DELETED, THREE, message(10, 4, ADA, "nowhere"))))
                .contains("I16");
    }
}
