package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.loadtests.check.history.Actor;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Verb;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An operation with what became of it. */
record Op(Event.Invoked invoked, Event.@Nullable Ended ended) {
    Call call() {
        return invoked.call();
    }

    Actor by() {
        return invoked.by();
    }

    Verb verb() {
        return call().verb();
    }

    UUID conversation() {
        return call().conversation();
    }

    Outcome outcome() {
        return ended == null ? Outcome.UNKNOWN : ended.outcome();
    }

    boolean isOk() {
        return outcome() == Outcome.OK;
    }

    /** What was acknowledged; null of what acknowledges no message. */
    @Nullable
    MessageView message() {
        return ended == null ? null : ended.message();
    }

    long begin() {
        return invoked.at();
    }

    /** After everything, if it has not ended. */
    long end() {
        return ended == null ? Long.MAX_VALUE : ended.at();
    }
}
