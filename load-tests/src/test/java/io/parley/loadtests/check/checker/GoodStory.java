package io.parley.loadtests.check.checker;

import static io.parley.loadtests.check.checker.Story.ADA;
import static io.parley.loadtests.check.checker.Story.BOB;
import static io.parley.loadtests.check.checker.Story.CARL;
import static io.parley.loadtests.check.checker.Story.TALK;
import static io.parley.loadtests.check.checker.Story.deleted;
import static io.parley.loadtests.check.checker.Story.edited;
import static io.parley.loadtests.check.checker.Story.message;

import io.parley.api.MessageView;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Verb;
import java.util.List;

/** A history in which nothing is wrong, and that ends at offset 9. */
final class GoodStory {
    static final MessageView ONE = message(5, 1, ADA, "one");
    static final MessageView TWO = message(6, 2, BOB, "two");
    static final MessageView TWO_EDITED = edited(TWO, 7, "two again");
    static final MessageView TWO_DELETED = deleted(TWO_EDITED, 8);
    static final MessageView THREE = message(9, 3, CARL, "three");

    private GoodStory() {}

    /** Which invariants a history breaks. */
    static List<String> broken(Story story) {
        return Checker.check(story.events()).stream()
                .map(Violation::invariant)
                .distinct()
                .toList();
    }

    /** Ada says something, and Bob, who changes and unsays it; Carl hears all of it, and catches up on the end. */
    static Story good() {
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
}
