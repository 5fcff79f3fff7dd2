package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.EditMessage;
import io.parley.api.MessageView;
import io.parley.api.Routes;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;
import tools.jackson.databind.json.JsonMapper;

/** What happens in a conversation is told to all who follow it in the same bytes, whoever they are and by whatever they come. */
@ServerTest
@Tag("log-6")
@Tag("wire-frames")
class SameBytesIT {
    private final Queue<Wire> wires = new ConcurrentLinkedQueue<>();
    private final LiveBench bench;

    SameBytesIT(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        this.bench = new LiveBench(node, json, issuer, writer, store);
    }

    @AfterEach
    void close() {
        wires.forEach(Wire::cut);
    }

    @Test
    void everyFollowerOfALogGetsTheSameBytes() {
        Person ada = bench.person();
        Person bob = bench.person();
        Person eve = bench.person();
        UUID group = ada.group(bob, eve);
        List<Queue<String>> all = List.of(socket(ada), socket(bob), channel(ada), channel(eve));
        Awaitility.await().atMost(Node.TIMEOUT).until(() -> all.stream()
                .allMatch(frames -> frames.stream().anyMatch(frame -> frame.contains("\"type\":\"ready\""))));

        MessageView said = ada.say(group, "hello \u00e9");
        bob.say(group, "hello, Ada");
        change(ada.http().patch().uri(Routes.MESSAGE, group, said.id()).bodyValue(new EditMessage("hello!")));
        change(ada.http().delete().uri(Routes.MESSAGE, group, said.id()));
        ada.add(group, bench.person()).expectStatus().is2xxSuccessful();

        Awaitility.await().atMost(Node.TIMEOUT).until(() -> all.stream()
                .allMatch(frames -> changes(frames, group).size() == 5));
        assertThat(all).allSatisfy(frames -> assertThat(changes(frames, group)).isEqualTo(changes(all.get(0), group)));
    }

    private static void change(RequestHeadersSpec<?> request) {
        request.exchange().expectStatus().is2xxSuccessful();
    }

    private static List<String> changes(Queue<String> frames, UUID log) {
        return frames.stream()
                .filter(frame -> frame.contains("\"type\":\"change\"") && frame.contains("\"logId\":\"" + log))
                .toList();
    }

    private Queue<String> socket(Person person) {
        Queue<String> frames = new ConcurrentLinkedQueue<>();
        Wire wire = new SocketWire(SocketWire.builder()
                .buildAsync(
                        bench.node().webSocket(Routes.LIVE_SOCKET),
                        new SocketWire.Receiver(new Wire.Listener(frames::add, end -> {})))
                .join());
        return greeted(wire, person, frames);
    }

    private Queue<String> channel(Person person) {
        Queue<String> frames = new ConcurrentLinkedQueue<>();
        Node node = bench.node();
        Wire wire = new RSocketWire(
                node.requester(node.rsocketOverTcp()), new Wire.Listener(frames::add, end -> {}), bench.json());
        return greeted(wire, person, frames);
    }

    private Queue<String> greeted(Wire wire, Person person, Queue<String> frames) {
        wires.add(wire);
        wire.request(Long.MAX_VALUE / 2);
        Stream.of("{\"type\":\"hello\",\"token\":\"" + person.token() + "\"}", "{\"type\":\"resume\",\"last\":true}")
                .forEach(wire::say);
        return frames;
    }
}
