package io.parley.infra.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Timeout(10)
class BackendsTest {
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final Mono<Void> AWAY = Mono.error(() -> new IOException("connection refused"));
    private static final Mono<Void> WRONG = Mono.error(() -> StartupException.setting("PARLEY_A_USER", "is refused"));

    @Test
    void theStartEndsWhenAllAreOpen() {
        Server required = new Server("A", true, attempt -> Mono.empty());
        Server optional = new Server(
                "B", false, attempt -> Mono.delay(Duration.ofMillis(50)).then());
        Backends backends = backends(required, optional);

        backends.start();

        assertThat(backends.isRunning()).isTrue();
        assertThat(required.attempts).hasValue(1);
        assertThat(optional.attempts).hasValue(1);
    }

    @Test
    void aRequiredOneThatIsAwayFailsTheStartAfterThePatience() {
        Server server = new Server("A", true, attempt -> AWAY);
        long begin = System.nanoTime();

        fails(backends(server), StartupException.UNAVAILABLE, "A does not answer: connection refused");

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(PATIENCE.dividedBy(2), PATIENCE.multipliedBy(4));
        assertThat(server.attempts).hasValueGreaterThan(1);
    }

    /** Patience is a time, not a number of attempts: each may take seconds where packets vanish. */
    @Test
    void slowAttemptsDoNotStretchThePatience() {
        Server server = new Server("A", true, attempt -> Mono.delay(PATIENCE).then(AWAY));

        fails(backends(server), StartupException.UNAVAILABLE, "A does not answer: connection refused");

        assertThat(server.attempts).hasValue(1);
    }

    @Test
    void aRequiredOneThatComesLateIsAwaited() {
        Server server = new Server("A", true, attempt -> attempt == 1 ? AWAY : Mono.empty());

        backends(server).start();

        assertThat(server.attempts).hasValue(2);
    }

    @Test
    void anOptionalOneThatIsAwayIsDoneWithoutAtOnce() {
        Server server = new Server("B", false, attempt -> AWAY);
        Backends backends = backends(new Server("A", true, attempt -> Mono.empty()), server);

        backends.start();

        assertThat(backends.isRunning()).isTrue();
        assertThat(server.attempts).hasValue(1);
    }

    @Test
    void wrongSettingsOfSeveralAreToldAtOnce() {
        StartupException two = new StartupException(78, List.of("PARLEY_B_USER: is refused", "PARLEY_B_CA_FILE: no"));
        Server optional = new Server("B", false, attempt -> Mono.error(two));
        Server required = new Server("A", true, attempt -> WRONG);

        fails(
                backends(required, optional),
                StartupException.CONFIGURATION,
                "PARLEY_A_USER: is refused",
                "PARLEY_B_USER: is refused",
                "PARLEY_B_CA_FILE: no");
        assertThat(required.attempts).as("a wrong setting does not mend itself").hasValue(1);
    }

    @Test
    void aWrongSettingDecidesTheExitCode() {
        Server away = new Server("A", true, attempt -> AWAY);
        Server wrong = new Server("B", false, attempt -> WRONG);

        fails(backends(away, wrong), 78, "A does not answer: connection refused", "PARLEY_A_USER: is refused");
    }

    @Test
    void opensSideBySide() {
        AtomicInteger open = new AtomicInteger();
        IntFunction<Mono<Void>> untilTheOtherIsThere = attempt -> Mono.fromRunnable(open::incrementAndGet)
                .then(Mono.defer(() -> open.get() == 2 ? Mono.<Void>empty() : AWAY)
                        .retryWhen(reactor.util.retry.Retry.fixedDelay(100, Duration.ofMillis(10))));

        Backends backends =
                backends(new Server("A", false, untilTheOtherIsThere), new Server("B", false, untilTheOtherIsThere));
        backends.start();

        assertThat(open).hasValue(2);
    }

    @Test
    void everyAttemptMayBlock() {
        Server server = new Server("A", true, attempt -> Mono.fromCallable(Schedulers::isInNonBlockingThread)
                .flatMap(forbidden -> forbidden
                        ? Mono.error(() -> StartupException.setting(
                                "thread", Thread.currentThread().getName()))
                        : attempt == 1 ? AWAY : Mono.empty()));

        backends(server).start();

        assertThat(server.attempts).hasValue(2);
    }

    private static Backends backends(Backend... backends) {
        return new Backends(List.of(backends), PATIENCE);
    }

    private static void fails(Backends backends, int exitCode, String... lines) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(backends::start)
                .satisfies(error -> assertThat(error.faults()).containsExactlyInAnyOrder(lines))
                .satisfies(error -> assertThat(error.getExitCode()).isEqualTo(exitCode));
        assertThat(backends.isRunning()).isFalse();
    }

    /** A server that answers each attempt to open it as the test wants. */
    private static final class Server implements Backend {
        final AtomicInteger attempts = new AtomicInteger();
        private final String name;
        private final boolean required;
        private final IntFunction<Mono<Void>> opening;

        Server(String name, boolean required, IntFunction<Mono<Void>> opening) {
            this.name = name;
            this.required = required;
            this.opening = opening;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean required() {
            return required;
        }

        @Override
        public Mono<Void> open() {
            return Mono.defer(() -> opening.apply(attempts.incrementAndGet()));
        }

        @Override
        public Mono<Void> ping() {
            return Mono.empty();
        }
    }
}
