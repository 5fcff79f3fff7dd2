package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.testing.EmbeddedSettings;
import io.parley.app.testing.Person;
import io.parley.domain.error.ErrorCode;
import io.parley.embedded.EmbeddedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How a live connection ends that nobody cut. */
interface SessionEndTests extends LiveTests {

    @Test
    default void signingOutEndsTheConnectionsOfThatSessionAlone() {
        Person ada = bench().person();
        LiveClient one = live(ada);
        LiveClient another = live(ada);
        LiveClient bystander = live(bench().person());

        signOut(ada);

        ends(one, ErrorCode.SESSION_ENDED, 4501, Duration.ofSeconds(5));
        ends(another, ErrorCode.SESSION_ENDED, 4501, Duration.ofSeconds(5));
        bystander.settled();
    }

    @Test
    default void aConnectionEndsWithItsToken() {
        Person ada = bench().person();
        Instant end = Instant.now().plusSeconds(4);
        LiveClient client = dial(new Replica(), null)
                .flowing()
                .hello(bench().token(ada, Duration.ofSeconds(4)))
                .resume(null, Map.of());

        ends(client, ErrorCode.TOKEN_EXPIRED, 4001, Duration.ofSeconds(10));
        assertThat(Instant.now()).isAfter(end.minusSeconds(1));
        assertThat(client.frames(ServerFrame.GoAway.class).get(0).reconnectAfterMs())
                .isZero();
    }

    @Test
    default void aTokenThatIsRefreshedInTimeKeepsItOpen() {
        Person ada = bench().person();
        UUID group = ada.group();
        Instant end = Instant.now().plusSeconds(4);
        String token = bench().token(ada, Duration.ofSeconds(4));
        LiveClient byHello = dial(new Replica(), null).flowing().hello(token).resume(null, Map.of());
        // Also what came with the opening, whatever looks at it again for each frame.
        LiveClient byOpening = dial(new Replica(), token).flowing().hello(null).resume(null, Map.of());

        assertThat(byHello.ask(new ClientFrame.Refresh("1", ada.token()))).isInstanceOf(ServerFrame.Ack.class);
        assertThat(byOpening.ask(new ClientFrame.Refresh("1", ada.token()))).isInstanceOf(ServerFrame.Ack.class);

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Instant.now()
                .isAfter(end.plusSeconds(1)));
        assertThat(byHello.ask(LiveBench.send(byHello, group, "still here"))).isInstanceOf(ServerFrame.Ack.class);
        assertThat(byOpening.ask(LiveBench.send(byOpening, group, "here too"))).isInstanceOf(ServerFrame.Ack.class);
    }

    @Test
    default void aTokenOfSomebodyElseOrOfAnotherSessionRefreshesNothing() {
        Person ada = bench().person();
        LiveClient client = live(ada);

        ServerFrame foreign =
                client.ask(new ClientFrame.Refresh("1", bench().person().token()));
        ServerFrame broken = client.ask(new ClientFrame.Refresh("2", "not.a.token"));

        assertThat(LiveBench.code(foreign)).isEqualTo(ErrorCode.TOKEN_INVALID.wireName());
        assertThat(LiveBench.code(broken)).isEqualTo(ErrorCode.TOKEN_INVALID.wireName());
        client.settled();
    }

    @Test
    default void withoutRedisMessagesFlowAndNobodyGetsBackInWhoWasSignedOut() {
        Person ada = bench().person();
        Person bob = bench().person();
        Person leaving = bench().person();
        UUID direct = ada.direct(bob);
        LiveClient sender = live(ada);
        LiveClient reader = live(bob);

        EmbeddedSettings.servers().stop(EmbeddedServer.REDIS);
        try {
            assertThat(sender.ask(LiveBench.send(sender, direct, "without"))).isInstanceOf(ServerFrame.Ack.class);
            reader.until("the message", () -> reader.replica().texts(direct).equals(List.of("without")));
            sender.say(new ClientFrame.Typing(null, direct));
            sender.settled();
            signOut(leaving);
        } finally {
            EmbeddedSettings.servers().start(EmbeddedServer.REDIS);
        }

        assertThat(reader.frames(ServerFrame.Typing.class)).isEmpty();
        ends(anonymous().hello(leaving.token()), ErrorCode.SESSION_ENDED, 4501);
        sender.ask(LiveBench.send(sender, direct, "with"));
        reader.until("the next", () -> reader.replica().texts(direct).equals(List.of("without", "with")));
    }

    private static void signOut(Person person) {
        person.http().post().uri(Routes.SIGN_OUT).exchange().expectStatus().isNoContent();
    }
}
