package io.parley.loadtests.check.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Actor;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final long MS = 1_000_000;
    private static final Actor ADA = new Actor(UUID.randomUUID(), "phone", "one", "websocket");
    private static final Actor BOB = new Actor(UUID.randomUUID(), "phone", "one", "websocket");

    @Test
    void eachKindHasItsWorst() {
        assertThat(Recovery.of(List.of(
                        opened(0, 1, ADA),
                        opened(0, 2, BOB),
                        new Event.Faulted(10 * MS, "kill", "", false),
                        new Event.Closed(20 * MS, 1, "reset"),
                        new Event.Closed(20 * MS, 2, "cut by its client"),
                        new Event.Faulted(30 * MS, "kill", "one", true),
                        acknowledged(33 * MS)[0],
                        acknowledged(35 * MS)[1],
                        opened(40 * MS, 3, ADA),
                        ready(42 * MS, 3),
                        opened(40 * MS, 4, BOB),
                        ready(99 * MS, 4),
                        new Event.Faulted(100 * MS, "kill", "", false),
                        new Event.Faulted(110 * MS, "kill", "one", true),
                        acknowledged(111 * MS)[0],
                        acknowledged(112 * MS)[1])))
                .isEqualTo(Map.of("kill", new Recovery(2, 5, 1, 22, 12)));
    }

    private static Event opened(long at, long line, Actor by) {
        return new Event.Opened(at, line, by, null, Map.of());
    }

    private static Event ready(long at, long line) {
        return new Event.Heard(at, line, new ServerFrame.Ready(null, null, null, 0, 25, null, List.of(), true));
    }

    private static Event[] acknowledged(long at) {
        Call call = Call.send(UUID.randomUUID(), UUID.randomUUID(), "hello");
        return new Event[] {
            new Event.Invoked(at, 7, ADA, call), new Event.Ended(at, 7, Outcome.OK, null, null, null, null)
        };
    }
}
