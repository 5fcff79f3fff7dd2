package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ChangesPage;
import io.parley.api.ChangesRequest;
import io.parley.api.Problem;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.api.UserView;
import io.parley.api.client.ParleyClient;
import io.parley.app.ParleyApplication;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.messaging.rsocket.RSocketRequester;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

/** A session that ends on one node ends on all of them, whatever Redis has forgotten. */
@ServerTest
class RevocationIT {
    /** From when the end is acknowledged. */
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private static final int AT_ONCE = 500;

    private final LiveBench bench;
    private final Node one;
    private final ReactiveStringRedisTemplate redis;
    private ConfigurableApplicationContext context;
    private Node two;

    RevocationIT(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        this.bench = new LiveBench(node, json, issuer, writer, store);
        this.one = node;
        this.redis = node.bean(ReactiveStringRedisTemplate.class);
    }

    @BeforeEach
    void start() {
        context = SpringApplication.run(ParleyApplication.class);
        two = Node.of(context);
    }

    @AfterEach
    void stop() {
        bench.closeAll();
        context.close();
    }

    @Test
    void allStreamsOnTheOtherNodeEndAndItsTokenIsGoodNowhere() {
        Person ada = Person.on(one);
        Person bob = Person.on(one);
        UUID group = ada.group(bob);
        LiveClient socket = resume(bench.open(new Replica(), this::socket), ada);
        LiveClient channel = resume(bench.open(new Replica(), this::channel), ada);
        LiveClient bystander = resume(bench.open(new Replica(), this::socket), bob);
        LogLine followed = follow(ada, group);
        isGoodAt(two, ada);

        forgetAll();
        ada.http().post().uri(Routes.SIGN_OUT).exchange().expectStatus().isNoContent();

        assertThat(socket.ending(PROMISED)).isEqualTo(new Wire.Ending(4501, ErrorCode.SESSION_ENDED.wireName()));
        assertThat(channel.ending(PROMISED)).isEqualTo(new Wire.Ending(401, ErrorCode.SESSION_ENDED.wireName()));
        followed.until("the end", PROMISED, followed::hasEnded);
        assertThat(followed.last()).isEqualTo(new ServerFrame.GoAway(ErrorCode.SESSION_ENDED.wireName(), null));
        isRefusedEverywhere(ada);
        forgetAll();
        isRefusedEverywhere(ada);
        bystander.settled();
        isGoodAt(two, bob);
    }

    private static LiveClient resume(LiveClient client, Person person) {
        return client.flowing().hello(person.token()).resume(null, Map.of());
    }

    private Wire socket(Wire.Listener listener) {
        URI uri = two.webSocket(Routes.LIVE_SOCKET);
        return new SocketWire(SocketWire.builder()
                .buildAsync(uri, new SocketWire.Receiver(listener))
                .join());
    }

    private Wire channel(Wire.Listener listener) {
        RSocketRequester requester = two.requester(two.rsocketOverTcp());
        return new RSocketWire(requester, listener, bench.json());
    }

    private LogLine follow(Person reader, UUID log) {
        long head = reader.get(ChangesPage.class, Routes.CHANGES, log).head();
        URI uri = URI.create("http://127.0.0.1:" + two.port("local.server.port")
                + Routes.CHANGES.replace("{id}", log.toString()) + "?follow=true&after=" + head);
        LogLine line = new LogLine(log, head);
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + reader.token(), "Accept", "text/event-stream");
        return line.over(new HttpLines(bench.json(), line).open(uri, headers))
                .flowing()
                .live();
    }

    /** Nothing is left of what Redis knew, or any node had told it. */
    private void forgetAll() {
        StepVerifier.create(redis.scan()
                        .buffer(AT_ONCE)
                        .concatMap(keys -> redis.delete(keys.toArray(String[]::new)))
                        .then())
                .expectComplete()
                .verify(Node.TIMEOUT);
    }

    private static void isGoodAt(Node node, Person person) {
        node.http(person.token())
                .get()
                .uri(Routes.ME)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(UserView.class);
    }

    private void isRefusedEverywhere(Person person) {
        for (Node node : new Node[] {one, two}) {
            Problem problem = node.http(person.token())
                    .get()
                    .uri(Routes.ME)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectBody(Problem.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(problem.code()).isEqualTo(ErrorCode.SESSION_ENDED.wireName());
            ParleyClient client = node.client(person.token(), node.tcp());
            StepVerifier.create(client.changes(new ChangesRequest(person.id(), null, 0)))
                    .expectErrorSatisfies(
                            error -> assertThat(error).hasMessageContaining(ErrorCode.SESSION_ENDED.wireName()))
                    .verify(Node.TIMEOUT);
            client.close();
        }
        LiveClient again = bench.open(new Replica(), this::socket).flowing().hello(person.token());
        assertThat(again.ending(Node.TIMEOUT)).isEqualTo(new Wire.Ending(4501, ErrorCode.SESSION_ENDED.wireName()));
    }
}
