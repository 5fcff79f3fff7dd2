package io.parley.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogReader;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import io.parley.infra.startup.Address;
import io.r2dbc.pool.ConnectionPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** A PostgreSQL that takes connections, and is silent: no statement waits for ever, and no connection stays unusable. */
class SilentDatabaseIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(12);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final int POOL = 2;

    private final Map<String, String> settings = Servers.properties();
    private final SilentLink link = link(settings.get("parley.postgres.address"));
    private final LoopResources loops = LoopResources.create("silent", 1, 1, true, false);
    private final PostgresProperties properties = properties();
    private final ConnectionPool pool = new PostgresConnections(properties, loops).pool();
    private final LogReader reader =
            new PostgresLogReader(new PostgresAutoConfiguration().postgresStore(pool, properties));

    private static SilentLink link(String server) {
        try {
            return new SilentLink(Integer.parseInt(server.substring(server.lastIndexOf(':') + 1)));
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
    }

    private PostgresProperties properties() {
        return new PostgresProperties(
                new Address("127.0.0.1", link.port()),
                settings.get("parley.postgres.database"),
                settings.get("parley.postgres.user"),
                settings.get("parley.postgres.password"),
                false,
                null,
                false,
                POOL,
                Duration.ofSeconds(2),
                ANSWER.dividedBy(2),
                ANSWER);
    }

    /** Another node has made the tables. */
    @BeforeAll
    static void migrate() {
        Node.first();
    }

    @AfterEach
    void close() throws IOException {
        pool.dispose();
        loops.dispose();
        link.close();
    }

    @Test
    void aStatementWithoutAnAnswerIsGivenUpAndItsConnectionIsReplaced() {
        asked().block(TIMEOUT);

        link.fallSilent();
        Unavailable silence = catchThrowableOfType(Unavailable.class, () -> asked().block(TIMEOUT));
        link.speakAgain();

        assertThat(silence.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        await().atMost(TIMEOUT).ignoreExceptions().until(this::answersOnEachConnection);
    }

    /** As clients do that lose their patience first. */
    @Test
    void aStatementThatIsCancelledLeavesNoConnectionBehindThatNeverAnswers() {
        asked().block(TIMEOUT);

        link.fallSilent();
        for (int i = 0; i < POOL; i++) {
            assertThat(impatient().block(TIMEOUT)).isEqualTo("cancelled");
        }
        link.speakAgain();

        await().atMost(TIMEOUT).until(() -> Flux.range(0, 2 * POOL)
                .concatMap(i -> impatient())
                .all("answered"::equals)
                .blockOptional(TIMEOUT)
                .orElseThrow());
    }

    private boolean answersOnEachConnection() {
        return Flux.range(0, POOL)
                .flatMap(i -> asked(), POOL)
                .collectList()
                .blockOptional(TIMEOUT)
                .isPresent();
    }

    private Mono<String> impatient() {
        return asked().thenReturn("answered")
                .timeout(ANSWER.dividedBy(4), Mono.just("cancelled"))
                .onErrorReturn("failed");
    }

    private Mono<List<LogHead>> asked() {
        return reader.heads(List.of(new LogId(UUID.randomUUID()))).collectList().subscribeOn(Schedulers.parallel());
    }
}
