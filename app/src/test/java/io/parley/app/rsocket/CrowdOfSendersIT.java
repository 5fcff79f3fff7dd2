package io.parley.app.rsocket;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.HistoryRequest;
import io.parley.api.MessageView;
import io.parley.api.ProblemCode;
import io.parley.api.SendMessage;
import io.parley.api.client.ParleyClient;
import io.parley.api.client.ProblemException;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** More is sent to one conversation than may wait, while somebody holds its row in PostgreSQL. */
@ServerTest
class CrowdOfSendersIT {
    private static final Duration WITHIN = Duration.ofMinutes(1);

    /** Together more than a lane's queue of 2,048 and what it has in its hands; each within its sender's limit. */
    private static final int SENDERS = 56;

    private static final int EACH = 48;

    /** One sender after the other: all at once would wait for Redis, and their sessions then for PostgreSQL. */
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private static final String BUSY = ProblemCode.STORE_BUSY.wireName();

    private final Node node;

    CrowdOfSendersIT(Node node) {
        this.node = node;
    }

    @Test
    @Tag("write-2")
    void whatDoesNotFitIsRefusedAtOnceAndWhatFitIsStoredOnce() {
        List<Person> people =
                Stream.generate(() -> Person.on(node)).limit(SENDERS).toList();
        Person first = people.get(0);
        UUID here = first.group(people.stream().skip(1).toArray(Person[]::new));
        List<ParleyClient> clients = people.stream()
                .map(person -> node.client(person.token(), node.tcp()))
                .toList();
        Queue<UUID> stored = new ConcurrentLinkedQueue<>();
        Queue<ProblemException> refused = new ConcurrentLinkedQueue<>();

        // So that each session is known, and asking for it is not what everybody waits for.
        clients.forEach(client -> stored.add(send(client, here).block(TIMEOUT)));
        Disposable crowd = whileHeld(here, () -> {
            Disposable sending = Flux.fromIterable(clients)
                    .delayElements(BETWEEN)
                    .flatMap(client -> sends(client, here, refused), SENDERS)
                    .subscribe(stored::add);
            Awaitility.await().atMost(WITHIN).until(() -> refused.stream()
                    .anyMatch(error -> error.problem().code().equals(BUSY)));
            return sending;
        });
        Awaitility.await().atMost(WITHIN).until(crowd::isDisposed);

        assertThat(stored.size() + refused.size()).isEqualTo(SENDERS * (EACH + 1));
        assertThat(refused.stream()
                        .collect(Collectors.groupingBy(error -> error.problem().code(), Collectors.counting())))
                .as("%d stored", stored.size())
                .containsKey(BUSY)
                .doesNotContainKeys(others());
        assertThat(refused).allSatisfy(error -> {
            assertThat(error.problem().retryable()).isTrue();
            assertThat(error.problem().retryAfterMs()).isPositive();
        });
        assertThat(history(clients.get(0), here)).containsExactlyInAnyOrderElementsOf(stored);
        clients.forEach(ParleyClient::close);
    }

    /** What else there is, but for those that found the row locked twice. */
    private static String[] others() {
        return Stream.of(ProblemCode.values())
                .filter(code -> code != ProblemCode.STORE_BUSY && code != ProblemCode.STORE_UNAVAILABLE)
                .map(ProblemCode::wireName)
                .toArray(String[]::new);
    }

    private static Mono<UUID> send(ParleyClient client, UUID conversation) {
        return client.send(new SendMessage(conversation, UUID.randomUUID(), "one of many"))
                .map(MessageView::id);
    }

    private static Flux<UUID> sends(ParleyClient client, UUID conversation, Queue<ProblemException> refused) {
        return Flux.range(0, EACH)
                .flatMap(
                        i -> send(client, conversation).onErrorResume(ProblemException.class, error -> {
                            refused.add(error);
                            return Mono.empty();
                        }),
                        EACH);
    }

    private static List<UUID> history(ParleyClient client, UUID conversation) {
        return client.history(new HistoryRequest(conversation, null, 0L, null, null))
                .map(MessageView::id)
                .collectList()
                .block(WITHIN);
    }

    /** Runs the task while the conversation's row is locked. */
    private <T> T whileHeld(UUID conversation, Supplier<T> task) {
        return Mono.usingWhen(
                        node.bean(ConnectionFactory.class).create(),
                        connection -> run(connection.beginTransaction())
                                .then(Mono.from(connection
                                        .createStatement("select 1 from conversations where id = $1 for update")
                                        .bind("$1", conversation)
                                        .execute()))
                                .flatMap(result -> run(result.getRowsUpdated()))
                                .then(Mono.fromCallable(task::get).subscribeOn(Schedulers.boundedElastic()))
                                .flatMap(value ->
                                        run(connection.rollbackTransaction()).thenReturn(value)),
                        connection -> connection.close())
                .block(WITHIN.plus(TIMEOUT));
    }

    private static Mono<Void> run(Publisher<?> work) {
        return Flux.from(work).then();
    }
}
