package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that do not take what there is for them. */
interface DemandTests extends LiveTests {
    int MANY = 4_000;

    Duration LONG = Duration.ofSeconds(60);

    /** Most messages of two KiB that the server, and the kernel below it, may hold for one client. */
    int mayHold();

    @Test
    @Tag("durable")
    @Tag("always-7")
    default void whoStopsReadingCostsACursorAndHarmsNobody() {
        Person ada = bench().person();
        Person bob = bench().person();
        Person eve = bench().person();
        UUID group = ada.group(bob, eve);
        LiveClient other = live(bob);
        Replica replica = new Replica();
        LiveClient stalled = dial(replica, null);
        stalled.wire().request(1);
        stalled.hello(eve.token()).resume(null, Map.of());

        bench().flood(ada, group, MANY, number -> number + " " + "x".repeat(2_000));
        other.until(
                "all, for the others",
                LONG,
                () -> other.replica().messages(group).size() == MANY);
        assertThat(stalled.frames()).hasSize(1);
        stalled.flowing();
        stalled.until(
                "all",
                LONG,
                () -> replica.isCaughtUp() && replica.messages(group).size() == MANY);

        assertThat(replica.messages(group)).isEqualTo(other.replica().messages(group));
        assertThat(replica.messages(group))
                .extracting(MessageView::seq)
                .isEqualTo(IntStream.rangeClosed(1, MANY)
                        .mapToObj(seq -> (long) seq)
                        .toList());
        assertThat(beforeCatchUp(stalled)).isLessThanOrEqualTo(mayHold());
        stalled.settled();
    }

    /** What had been waiting for the client when the server began to only remember where it stands. */
    private static int beforeCatchUp(LiveClient client) {
        List<ServerFrame> frames = client.frames();
        return IntStream.range(0, frames.size())
                .filter(index -> frames.get(index) instanceof ServerFrame.CatchUp)
                .findFirst()
                .orElse(frames.size());
    }
}
