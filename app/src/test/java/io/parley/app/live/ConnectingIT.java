package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.ConversationEntry;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a connection is told that begins, or takes nothing for a while, while things happen. */
@ServerTest
class ConnectingIT {
    /** With three changes of conversations each: as many as one may make in a row. */
    private static final int ROUNDS = 8;

    /** The server hands on so many changes of a log before it is another's turn. */
    private static final int TURN = 32;

    private final LiveBench bench;
    private final Person ada;
    private final Person bob;

    ConnectingIT(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        this.bench = new LiveBench(node, json, issuer, writer, store);
        this.ada = bench.person();
        this.bob = bench.person();
    }

    @AfterEach
    void close() {
        bench.closeAll();
    }

    /** Into one conversation, out of another, and something is said in a third: at the moment of connecting. */
    @Test
    @Tag("connect-11")
    void nothingThatHappensMeanwhileFallsBetween() {
        UUID talk = ada.group(bob);
        Replica replica = new Replica();
        live(replica).cut();

        for (int round = 0; round < ROUNDS; round++) {
            UUID leaving = ada.group(bob);
            String text = "round " + round;
            CompletableFuture<UUID> meanwhile = CompletableFuture.supplyAsync(() -> {
                UUID coming = ada.group(bob);
                ada.remove(leaving, bob).expectStatus().is2xxSuccessful();
                ada.say(talk, text);
                return coming;
            });
            LiveClient client = live(replica);
            UUID coming = meanwhile.orTimeout(30, TimeUnit.SECONDS).join();
            client.until("it is in", () -> replica.knows(coming) && replica.isCaughtUp());
            client.until("it is out", () -> !replica.knows(leaving));
            client.until("what was said", () -> replica.texts(talk).contains(text));
            ada.say(coming, "welcome");
            client.until("welcome", () -> replica.texts(coming).contains("welcome"));
            client.cut();
        }

        assertThat(replica.texts(talk))
                .isEqualTo(IntStream.range(0, ROUNDS)
                        .mapToObj(round -> "round " + round)
                        .toList());
    }

    @Test
    @Tag("wire-ready")
    void whatOneWasTakenOutOfMeanwhileIsNotListedAndNothingOfItIsTold() {
        UUID group = ada.group(bob);
        Replica replica = new Replica();
        live(replica).cut();
        Map<UUID, Long> offsets = replica.offsets();
        assertThat(offsets).containsKey(group);
        ada.remove(group, bob).expectStatus().is2xxSuccessful();
        ada.say(group, "among ourselves");

        LiveClient client = live(replica).settled();

        assertThat(replica.known()).containsExactly(bob.id());
        assertThat(client.frames(ServerFrame.Ready.class).get(0).conversations())
                .isEmpty();
        assertThat(client.frames(ServerFrame.Gap.class)).isEmpty();
        assertThat(client.frames(ServerFrame.Change.class))
                .as("only the own log's")
                .allSatisfy(change -> assertThat(change.logId()).isEqualTo(bob.id()))
                .hasSize(1);
    }

    @Test
    @Tag("wire-ready")
    void aConversationThatIsNotNamedBeginsAtItsPositionWithItsState() {
        UUID group = ada.group(bob);
        ada.say(group, "long ago");
        Replica replica = new Replica();

        LiveClient client = live(replica).settled();
        ConversationEntry entry =
                client.frames(ServerFrame.Ready.class).get(0).conversations().get(0);
        assertThat(entry).isEqualTo(bob.get(ConversationEntry.class, Routes.CONVERSATION, group));
        assertThat(entry.position())
                .isEqualTo(bench.number("select head_offset from conversations where id = :id", Map.of("id", group)));
        assertThat(client.frames(ServerFrame.Change.class)).isEmpty();
        ada.say(group, "now");

        client.until("the next", () -> replica.texts(group).equals(List.of("now")));
        assertThat(client.frames(ServerFrame.Change.class).get(0).offset()).isEqualTo(entry.position() + 1);
    }

    /** More than is handed on in one go: neither is told wholly before the other. */
    @Test
    @Tag("catchup-14")
    void logsThatOneIsBehindInTakeTurns() {
        List<UUID> groups = List.of(ada.group(bob), ada.group(bob));
        Replica replica = new Replica();
        live(replica).cut();
        groups.forEach(group -> bench.flood(ada, group, 500, number -> "m" + number));

        LiveClient client = live(replica);
        client.until("both", () -> groups.stream()
                .allMatch(group -> replica.texts(group).size() == 500 && replica.isCaughtUp()));

        List<UUID> told = client.frames(ServerFrame.Change.class).stream()
                .map(ServerFrame.Change::logId)
                .filter(groups::contains)
                .limit(500)
                .toList();
        for (UUID group : groups) {
            assertThat(told.stream().filter(group::equals).count())
                    .as("half of the first half, up to a turn")
                    .isBetween(250L - TURN, 250L + TURN);
        }
        assertThat(IntStream.range(0, told.size() - TURN).mapToObj(at -> told.subList(at, at + TURN + 1)))
                .as("more than a turn of one log in a row")
                .noneMatch(run -> run.stream().distinct().count() == 1);
    }

    @Test
    @Tag("answers")
    @Tag("credit")
    void answersNeedNoCreditAndChangesDo() {
        UUID group = ada.group(bob);
        Replica replica = new Replica();
        LiveClient client = dial(replica).flowing();
        client.say(new ClientFrame.Hello(null, bob.token(), null, 1L));
        client.resume(null, Map.of());

        bench.flood(ada, group, 10, number -> "m" + number);
        client.until("the one", () -> replica.texts(group).equals(List.of("m0")));
        for (int i = 0; i < 20; i++) {
            client.settled();
        }
        assertThat(replica.texts(group)).containsExactly("m0");
        client.say(new ClientFrame.Credit(client.ref(), 100));

        client.until("the others", () -> replica.texts(group).size() == 10);
        client.settled();
    }

    private LiveClient live(Replica replica) {
        LiveClient client = dial(replica).flowing().hello(bob.token());
        return replica.epoch() == null ? client.resume(null, Map.of()) : client.resume();
    }

    private LiveClient dial(Replica replica) {
        return bench.open(
                replica,
                listener -> new SocketWire(SocketWire.builder()
                        .buildAsync(bench.node().webSocket(Routes.LIVE_SOCKET), new SocketWire.Receiver(listener))
                        .join()));
    }
}
