package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.presence.PresenceHint;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.presence.PresenceRegistry.Online;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When the others are told who comes and who has gone. */
class OpenConnectionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final OneConversation node = new OneConversation();
    private final Online phone = new Online(new UserId(UUID.randomUUID()), UUID.randomUUID());
    private Disposable running;

    @BeforeEach
    void start() {
        running = node.open.run().subscribe();
    }

    @AfterEach
    void stop() {
        running.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    void whoComesIsToldOfAtOnce() {
        node.open.tellBegin(phone).subscribe();

        assertThat(node.said).containsExactly(new PresenceHint(phone.user()));
    }

    @Test
    void whoHasGoneIsToldOfWhenTheGraceIsOver() {
        node.open.tellEnd(phone).subscribe();
        time.advanceTimeBy(PresenceRegistry.GRACE.minus(SECOND));
        assertThat(node.said).isEmpty();

        time.advanceTimeBy(SECOND.multipliedBy(2));

        assertThat(node.said).containsExactly(new PresenceHint(phone.user()));
    }

    @Test
    void whoGoesAgainAndAgainIsToldOfOnceASecond() {
        for (int i = 0; i < 1_000; i++) {
            node.open.tellEnd(phone).subscribe();
        }

        time.advanceTimeBy(PresenceRegistry.GRACE.plus(SECOND));

        assertThat(node.said).hasSize(1);
    }

    @Test
    void whatTheRegistryForgetsIsNotedAgain() {
        node.open.add(phone);
        int before = node.told;

        node.forgets.tryEmitNext(true);
        assertThat(node.told).isEqualTo(before + 1);
        time.advanceTimeBy(OpenConnections.EVERY);

        assertThat(node.told).isEqualTo(before + 2);
    }
}
