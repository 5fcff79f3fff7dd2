package io.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LeasesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void withoutAnyUserItEndsAfterTheFirstWait() throws Exception {
        Leases leases = new Leases(SHORT, LONG);

        leases.awaitEnd();

        assertThat(leases.enter()).isFalse();
    }

    @Test
    void afterTheLastUserItEnds() throws Exception {
        Leases leases = new Leases(LONG, SHORT);
        leases.enter();
        leases.enter();
        leases.leave();
        CompletableFuture<Void> end = end(leases);
        assertStaysFor(end, Duration.ofSeconds(1));

        leases.leave();

        end.get(10, TimeUnit.SECONDS);
        assertThat(leases.awaitUser()).isFalse();
    }

    @Test
    void aNewcomerInTimeKeepsItAndTheLeaverHearsOfIt() throws Exception {
        Leases leases = new Leases(LONG, LONG);
        leases.enter();
        leases.leave();
        CompletableFuture<Boolean> leaver = CompletableFuture.supplyAsync(() -> await(leases));

        assertThat(leases.enter()).isTrue();

        assertThat(leaver.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHeldProcessKeepsItUntilThatProcessEnds() throws Exception {
        Process build = new ProcessBuilder("sleep", "60").start();
        Leases leases = new Leases(LONG, SHORT);
        leases.enter();
        leases.hold(build.toHandle());
        leases.leave();
        CompletableFuture<Void> end = end(leases);
        assertStaysFor(end, Duration.ofSeconds(1));

        build.destroyForcibly();

        end.get(10, TimeUnit.SECONDS);
    }

    private static CompletableFuture<Void> end(Leases leases) {
        return CompletableFuture.runAsync(() -> {
            try {
                leases.awaitEnd();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
    }

    private static boolean await(Leases leases) {
        try {
            return leases.awaitUser();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void assertStaysFor(CompletableFuture<Void> end, Duration time) {
        assertThatThrownBy(() -> end.get(time.toMillis(), TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
    }
}
