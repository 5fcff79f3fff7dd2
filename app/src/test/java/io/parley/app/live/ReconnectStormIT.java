package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ChangesPage;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ConnectionFactory;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Hundreds come back to one node at once, as when another one has died. */
@ServerTest
class ReconnectStormIT {
    private static final Logger log = LoggerFactory.getLogger(ReconnectStormIT.class);
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final int USERS = 40;
    private static final int DEVICES = 10;
    private static final int MISSED = 30;
    private static final int CALM = 40;

    /** Generous: clients and node share the machine. Who waits for the storm waits a hundred times as long. */
    private static final int SLOWER = 20;

    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(32);
    private final HttpClient http = HttpClient.newHttpClient();
    private final LiveBench bench;
    private final Node node;

    ReconnectStormIT(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        this.bench = new LiveBench(node, json, issuer, writer, store);
        this.node = node;
    }

    @AfterEach
    void close() {
        bench.closeAll();
        threads.shutdownNow();
    }

    @Test
    void whoIsThereGoesOnWhileHundredsComeBackAndNobodyMissesAnything() {
        Person ada = bench.person();
        Person bob = bench.person();
        List<Person> people = Stream.generate(bench::person).limit(USERS).toList();
        UUID crowd = ada.group(people.toArray(Person[]::new));
        UUID direct = ada.direct(bob);
        LiveClient bobs = bench.open(new Replica(), this::listened)
                .flowing()
                .hello(bob.token())
                .resume(null, Map.of());
        List<Device> devices = devices(ada, people, crowd);
        bench.flood(ada, crowd, MISSED, number -> "missed " + number);

        List<Long> calm = talk(ada, direct, "calm", () -> false, CALM);
        long began = System.nanoTime();
        CompletableFuture<Integer> storm = CompletableFuture.supplyAsync(() -> comeBack(devices, MISSED));
        List<Long> meanwhile = talk(ada, direct, "storm", storm::isDone, Integer.MAX_VALUE);
        int rounds = storm.orTimeout(60, TimeUnit.SECONDS).join();
        long lasted = System.nanoTime() - began;

        log.info(
                "storm of {}: {} ms, {} rounds; heard after {} µs (median of {}), before {} µs; slowest {} and {}",
                devices.size(),
                lasted / 1_000_000,
                rounds,
                median(meanwhile) / 1_000,
                meanwhile.size(),
                median(calm) / 1_000,
                meanwhile.stream().mapToLong(Long::longValue).max().orElse(0) / 1_000,
                calm.stream().mapToLong(Long::longValue).max().orElse(0) / 1_000);
        assertThat(median(meanwhile)).isLessThan(SLOWER * median(calm));
        assertThat(meanwhile).as("nobody waited for the storm's end").allMatch(nanos -> nanos < lasted);
        bobs.holds();
        assertThat(bobs.replica().messages(direct)).hasSize(calm.size() + meanwhile.size());
    }

    @Test
    void whoFindsTooManyBeforeItIsToldWhenToComeBackAndGetsInThen() {
        List<Person> people = Stream.generate(bench::person).limit(10).toList();
        UUID crowd = people.get(0).group(people.stream().skip(1).toArray(Person[]::new));
        List<Device> devices = devices(people.get(0), people, crowd);

        whileNobodyIsLetIn(() -> {
            dial(devices);
            Awaitility.await().atMost(WITHIN).until(() -> devices.stream()
                    .anyMatch(device -> device.isSentAway(ErrorCode.NODE_BUSY)));
        });
        List<Device> away = settled(devices, 0);

        assertThat(away).anyMatch(device -> device.isSentAway(ErrorCode.NODE_BUSY));
        comeBack(away, 0);
    }

    private List<Device> devices(Person owner, List<Person> people, UUID crowd) {
        ChangesPage page = owner.get(ChangesPage.class, Routes.CHANGES, crowd);
        return people.stream()
                .flatMap(person -> Stream.generate(() -> new Device(person, crowd, page.epoch(), page.head()))
                        .limit(DEVICES))
                .toList();
    }

    /** All at once, and those who are sent away again, until all are back. Value: how many rounds that took. */
    private int comeBack(List<Device> devices, int missed) {
        List<Device> away = devices;
        int rounds = 0;
        for (; !away.isEmpty(); rounds++) {
            dial(away);
            away = settled(away, missed);
        }
        return rounds;
    }

    private void dial(List<Device> devices) {
        devices.stream()
                .map(device -> CompletableFuture.runAsync(device::dial, threads))
                .toList()
                .forEach(CompletableFuture::join);
    }

    /** Once each is back with all that it has missed, or sent away. Value: those who are told when to come again. */
    private static List<Device> settled(List<Device> devices, int missed) {
        Awaitility.await().atMost(WITHIN).until(() -> devices.stream().allMatch(device -> device.isSettled(missed)));
        devices.forEach(device -> device.client.holds());
        List<Device> away =
                devices.stream().filter(device -> !device.client.isOpen()).toList();
        assertThat(away).allSatisfy(Device::isToldWhenToComeAgain);
        return away;
    }

    /** One of somebody's clients, which knows what was said up to some time. */
    private final class Device {
        private final Person person;
        private final UUID crowd;
        private final UUID epoch;
        private final long from;
        private LiveClient client;

        Device(Person person, UUID crowd, UUID epoch, long from) {
            this.person = person;
            this.crowd = crowd;
            this.epoch = epoch;
            this.from = from;
        }

        void dial() {
            client = bench.open(new Replica(), ReconnectStormIT.this::socket)
                    .flowing()
                    .hello(person.token())
                    .resuming(epoch, Map.of(crowd, from));
        }

        boolean isSettled(int missed) {
            Replica replica = client.replica();
            return !client.isOpen()
                    || (replica.isCaughtUp() && replica.messages(crowd).size() == missed);
        }

        boolean isSentAway(ErrorCode code) {
            return client.frames(ServerFrame.GoAway.class).stream()
                    .anyMatch(away -> away.reason().equals(code.wireName()));
        }

        void isToldWhenToComeAgain() {
            assertThat(client.frames()).last().isInstanceOfSatisfying(ServerFrame.GoAway.class, away -> {
                assertThat(away.reason()).isIn(ErrorCode.NODE_BUSY.wireName(), ErrorCode.STORE_UNAVAILABLE.wireName());
                assertThat(away.reconnectAfterMs()).isPositive();
            });
        }
    }

    private Wire listened(Wire.Listener listener) {
        return socket(new Wire.Listener(
                text -> {
                    int at = text.indexOf("\"text\":\"");
                    if (at >= 0) {
                        heard.put(text.substring(at + 8, text.indexOf('"', at + 8)), System.nanoTime());
                    }
                    listener.onFrame().accept(text);
                },
                listener.onEnd()));
    }

    private Wire socket(Wire.Listener listener) {
        return new SocketWire(http.newWebSocketBuilder()
                .buildAsync(node.webSocket(Routes.LIVE_SOCKET), new SocketWire.Receiver(listener))
                .join());
    }

    /** Says one thing after the other, each when the one before was heard. Value: how long each took. */
    private List<Long> talk(Person speaker, UUID conversation, String name, BooleanSupplier until, int most) {
        List<Long> took = new ArrayList<>();
        while (took.size() < most && !until.getAsBoolean()) {
            String text = name + " " + took.size();
            long said = System.nanoTime();
            bench.flood(speaker, conversation, 1, number -> text);
            Awaitility.await(text)
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(WITHIN)
                    .until(() -> heard.containsKey(text));
            took.add(heard.get(text) - said);
        }
        return took;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Keeps everybody from reading who is in what, for as long as the task takes. */
    private void whileNobodyIsLetIn(Runnable task) {
        Mono.usingWhen(
                        node.bean(ConnectionFactory.class).create(),
                        connection -> run(connection.beginTransaction())
                                .then(Mono.from(connection
                                        .createStatement("lock table user_conversations in access exclusive mode")
                                        .execute()))
                                .flatMap(result -> run(result.getRowsUpdated()))
                                .then(Mono.fromRunnable(task).subscribeOn(Schedulers.boundedElastic()))
                                .then(Mono.defer(() -> run(connection.rollbackTransaction()))),
                        connection -> connection.close())
                .block(WITHIN);
    }

    private static Mono<Void> run(Publisher<?> work) {
        return Flux.from(work).then();
    }
}
