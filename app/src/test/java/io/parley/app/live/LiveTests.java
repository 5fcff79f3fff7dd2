package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.domain.error.ErrorCode;
import java.time.Duration;
import java.util.Map;

/** What all tests of the live protocol share, whatever carries it. */
interface LiveTests {
    LiveBench bench();

    /** A connection that nothing was said on yet; {@code bearer} goes with its opening, null for none. */
    LiveClient dial(Replica replica, String bearer);

    /** Whether the transport ended it for this reason, with its own number where it has one. */
    void isEnding(Wire.Ending ending, ErrorCode code, int closeCode);

    default LiveClient anonymous() {
        return dial(new Replica(), null).flowing();
    }

    /** Signed in, with everything that this person is in. */
    default LiveClient live(Person person) {
        return live(person, new Replica());
    }

    default LiveClient live(Person person, Replica replica) {
        LiveClient client = dial(replica, null).flowing().hello(person.token());
        return replica.epoch() == null ? client.resume(null, Map.of()) : client.resume();
    }

    default void ends(LiveClient client, ErrorCode code, int closeCode) {
        ends(client, code, closeCode, Node.TIMEOUT);
    }

    /** Whether the last frame says why, before the transport does: also to who has not been greeted. */
    default boolean saysGoodbyeToStrangers() {
        return true;
    }

    default void ends(LiveClient client, ErrorCode code, int closeCode, Duration within) {
        isEnding(client.ending(within), code, closeCode);
        if (client.frames().isEmpty() && !saysGoodbyeToStrangers()) {
            return;
        }
        assertThat(client.frames()).last().isInstanceOfSatisfying(ServerFrame.GoAway.class, away -> assertThat(
                        away.reason())
                .isEqualTo(code.wireName()));
    }
}
