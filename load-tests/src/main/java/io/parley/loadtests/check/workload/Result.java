package io.parley.loadtests.check.workload;

import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.api.ReadPositionView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of an operation. */
record Result(
        Outcome outcome,
        @Nullable String why,
        @Nullable MessageView message,
        @Nullable ReadPositionView read,
        @Nullable List<MessageView> page) {
    static Result unknown(String why) {
        return new Result(Outcome.UNKNOWN, why, null, null, null);
    }

    /** Only what the client did wrong, or too often, has certainly had no effect. */
    static Result refused(int status, String why) {
        boolean certain = status / 100 == 4;
        return new Result(certain ? Outcome.FAIL : Outcome.UNKNOWN, why, null, null, null);
    }

    static Result of(ServerFrame answer) {
        if (answer instanceof ServerFrame.Ack ack) {
            return new Result(Outcome.OK, null, ack.message(), ack.read(), null);
        }
        if (answer instanceof ServerFrame.Failure failure) {
            return refused(failure.problem().status(), failure.problem().code());
        }
        return unknown("an answer of another kind");
    }

    static Result of(Verb verb, Rest.Answer answer) {
        if (!answer.isOk()) {
            return refused(answer.status(), answer.why());
        }
        return switch (verb) {
            case SEND, EDIT -> ok(answer.read(MessageView.class));
            case READ, RECEIVED -> new Result(Outcome.OK, null, null, answer.read(ReadPositionView.class), null);
            case PAGE ->
                new Result(
                        Outcome.OK,
                        null,
                        null,
                        null,
                        answer.read(MessagePage.class).messages());
            default -> new Result(Outcome.OK, null, null, null, null);
        };
    }

    static Result ok(MessageView message) {
        return new Result(Outcome.OK, null, message, null, null);
    }

    boolean isOk() {
        return outcome == Outcome.OK;
    }

    /** Whether the same may yet succeed, said again. */
    boolean isOpen() {
        return outcome == Outcome.UNKNOWN || (why != null && why.equals("rate.exceeded"));
    }

    Event.Ended end(long at, long op) {
        return new Event.Ended(at, op, outcome, why, message, read, page);
    }
}
