package io.parley.loadtests.check.checker;

import static io.parley.loadtests.check.checker.GoodStory.ONE;
import static io.parley.loadtests.check.checker.GoodStory.THREE;
import static io.parley.loadtests.check.checker.GoodStory.TWO;
import static io.parley.loadtests.check.checker.GoodStory.TWO_DELETED;
import static io.parley.loadtests.check.checker.GoodStory.TWO_EDITED;
import static io.parley.loadtests.check.checker.GoodStory.broken;
import static io.parley.loadtests.check.checker.GoodStory.good;
import static io.parley.loadtests.check.checker.Story.ADA;
import static io.parley.loadtests.check.checker.Story.BOB;
import static io.parley.loadtests.check.checker.Story.CARL;
import static io.parley.loadtests.check.checker.Story.TALK;
import static io.parley.loadtests.check.checker.Story.deleted;
import static io.parley.loadtests.check.checker.Story.edited;
import static io.parley.loadtests.check.checker.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ConversationEntry;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Published;
import io.parley.loadtests.check.history.StoredLog.StoredEntry;
import io.parley.loadtests.check.history.Verb;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of each invariant on who may see what, and on what became of it: I11 to I16. */
class MembersCheckedTest {
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
    void i11WhoWasRemovedMayUnsayAgainWhatTheyUnsaidBefore() {
        Call unsay = Call.delete(TALK, THREE.id());
        MessageView unsaid = deleted(THREE, 10);
        Story story = good().ended(CARL, unsay, Outcome.UNKNOWN)
                .ended(ADA, Call.member(Verb.REMOVE, TALK, CARL), Outcome.OK)
                .hears(2, Story.member(CARL, 11, "removed"))
                .changed(CARL, unsay, unsaid)
                // Over REST the answer to it is empty.
                .ended(CARL, unsay, Outcome.OK);
        assertThat(Checker.check(story.events()))
                .extracting(Violation::invariant)
                .doesNotContain("I11");
        assertThat(broken(story.ended(CARL, Call.delete(TALK, ONE.id()), Outcome.OK)))
                .contains("I11");
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
    void i11WhoWasOutReadsWhatWasSaidBefore() {
        MessageView four = message(12, 4, ADA, "four");
        Story story = new Story("joined")
                .opens(1, ADA, 4)
                .said(ONE)
                .page(CARL, null, 20, ONE)
                .ended(ADA, Call.member(Verb.REMOVE, TALK, CARL), Outcome.OK)
                .ended(ADA, Call.member(Verb.ADD, TALK, CARL), Outcome.OK)
                .said(four)
                .page(CARL, null, 20, four);
        assertThat(Checker.check(story.events()))
                .extracting(Violation::invariant)
                .doesNotContain("I11");
        assertThat(broken(story.page(CARL, null, 20, ONE, four))).contains("I11");
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

    private static ConversationEntry unread(long headSeq, long read, long unread) {
        ConversationEntry right = Story.entry(9, headSeq, read, read);
        return new ConversationEntry(
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

    @Test
    void i16WhatWasInKafkaBeforeItsDataWentNeedNotBeThere() {
        MessageView four = message(10, 4, ADA, "four");
        Story wiped = good().add(at -> new Event.Faulted(at, "wipe", "kafka", true))
                .said(four)
                .hears(2, "created", four)
                .reads(10, ONE, TWO_DELETED, THREE, four)
                .stored(10, ONE, TWO_DELETED, THREE, four);
        assertThat(broken(wiped.add(at ->
                        new Event.WireRead(at, List.of(new Published(TALK, 10, "message", four.id(), "created"))))))
                .isEmpty();
        assertThat(broken(good().add(at -> new Event.Faulted(at, "wipe", "kafka", true))
                        .said(four)
                        .hears(2, "created", four)
                        .reads(10, ONE, TWO_DELETED, THREE, four)
                        .stored(10, ONE, TWO_DELETED, THREE, four)
                        .add(at -> new Event.WireRead(at, List.of()))))
                .containsExactly("I16");
    }
}
