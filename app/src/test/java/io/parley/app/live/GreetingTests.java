package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.Limits;
import io.parley.api.LiveLimits;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.domain.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a live connection begins, and when it does not. */
interface GreetingTests extends LiveTests {

    @Test
    @Tag("wire-ready")
    default void helloAndResumeAreAnsweredByReady() {
        Person ada = bench().person();
        UUID group = ada.group();

        LiveClient client = live(ada);

        ServerFrame.Ready ready = client.frames(ServerFrame.Ready.class).get(0);
        assertThat(ready.last()).isTrue();
        assertThat(ready.user().id()).isEqualTo(ada.id());
        assertThat(ready.sessionId()).isEqualTo(ada.signedIn().sessionId());
        assertThat(ready.limits()).isEqualTo(LiveLimits.current());
        assertThat(ready.heartbeatSeconds()).isPositive();
        assertThat(ready.conversations()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo(group);
            assertThat(entry.role()).isEqualTo("owner");
            assertThat(entry.position()).isPositive();
        });
        assertThat(client.frames().get(0)).isSameAs(ready);
    }

    @Test
    default void aTokenThatIsNoneEndsIt() {
        ends(anonymous().hello("not.a.token"), ErrorCode.TOKEN_INVALID, 4502);
    }

    @Test
    @Tag("wire-hello")
    default void helloWithoutATokenEndsIt() {
        ends(anonymous().hello(null), ErrorCode.AUTH_REQUIRED, 4502);
    }

    @Test
    default void anExpiredTokenEndsIt() {
        String expired = bench().token(bench().person(), Instant.now().minusSeconds(60));

        ends(anonymous().hello(expired), ErrorCode.TOKEN_EXPIRED, 4001);
    }

    @Test
    default void aSignedOutTokenEndsIt() {
        Person ada = bench().person();
        ada.http().post().uri(Routes.SIGN_OUT).exchange().expectStatus().isNoContent();

        ends(anonymous().hello(ada.token()), ErrorCode.SESSION_ENDED, 4501);
    }

    @ParameterizedTest
    @Tag("wire-hello")
    @ValueSource(
            strings = {
                "{\"type\":\"ping\",\"ref\":\"1\"}",
                "{\"type\":\"resume\",\"last\":true}",
                "{\"type\":\"nothing\"}",
                "{\"type\":\"hello\",\"token\":",
                "null",
                "hello"
            })
    default void anotherFirstFrameThanHelloEndsIt(String first) {
        LiveClient client = anonymous();
        client.say(first);

        ends(client, ErrorCode.LIVE_HELLO_REQUIRED, 1008);
    }

    @Test
    default void whoSignsOutBeforeResumeDoesNotGetIn() {
        Person ada = bench().person();
        LiveClient client = anonymous().hello(ada.token());
        LiveClient another = dial(new Replica(), ada.token()).flowing().hello(null);
        Stream.of(client, another).forEach(GreetingTests::awaitGreeted);

        ada.http().post().uri(Routes.SIGN_OUT).exchange().expectStatus().isNoContent();

        ends(client.resuming(null, Map.of()), ErrorCode.SESSION_ENDED, 4501);
        ends(another.resuming(null, Map.of()), ErrorCode.SESSION_ENDED, 4501);
    }

    /** A faulty resume is answered once hello was taken. */
    private static void awaitGreeted(LiveClient client) {
        client.say("{\"type\":\"resume\",\"offsets\":{\"%s\":null}}".formatted(UUID.randomUUID()));
        client.until(
                "an answer", () -> !client.frames(ServerFrame.Failure.class).isEmpty());
    }

    @Test
    @Tag("wire-hello")
    default void silenceEndsItAfterFiveSeconds() {
        LiveClient client = anonymous();
        LiveClient known = dial(new Replica(), bench().person().token()).flowing();
        Instant opened = Instant.now();
        client.say("");
        known.say("");

        ends(client, ErrorCode.LIVE_HELLO_REQUIRED, 1008, Duration.ofSeconds(9));
        ends(known, ErrorCode.LIVE_HELLO_REQUIRED, 1008, Duration.ofSeconds(9));
        assertThat(Duration.between(opened, Instant.now())).isGreaterThan(Duration.ofMillis(4_500));
    }

    @Test
    @Tag("wire-hello")
    default void aTokenAtTheOpeningIsGoodForHello() {
        Person ada = bench().person();
        LiveClient client = dial(new Replica(), ada.token()).flowing().hello(null);

        client.resume(null, Map.of());

        assertThat(client.frames(ServerFrame.Ready.class).get(0).user().id()).isEqualTo(ada.id());
        assertThat(client.ask(new ClientFrame.Ping("1"))).isEqualTo(new ServerFrame.Pong("1"));
    }

    /** The time for the hello is no time for what follows it, wherever the token came from. */
    @Test
    @Tag("wire-hello")
    default void whoHasSaidHelloMayTakeLongerForResume() {
        Person ada = bench().person();
        List<LiveClient> clients = List.of(
                dial(new Replica(), ada.token()).flowing().hello(null),
                anonymous().hello(ada.token()));

        Awaitility.await()
                .pollDelay(Greeting.HELLO_WITHIN.plusSeconds(1))
                .atMost(Greeting.RESUME_WITHIN)
                .until(() -> true);

        clients.forEach(client -> client.resume(null, Map.of()));
        assertThat(clients).allSatisfy(client -> assertThat(client.frames(ServerFrame.Ready.class))
                .hasSize(1));
    }

    @Test
    default void aCommandBeforeResumeEndsIt() {
        LiveClient client = anonymous().hello(bench().person().token());
        client.say(new ClientFrame.Ping("1"));

        ends(client, ErrorCode.LIVE_HELLO_REQUIRED, 1008);
    }

    @Test
    default void helloTwiceIsRefusedAndNothingElseHappens() {
        Person ada = bench().person();
        LiveClient client = live(ada);

        ServerFrame again = client.ask(new ClientFrame.Hello("again", ada.token(), null));
        ServerFrame resumed = client.ask(new ClientFrame.Resume("resumed", null, Map.of(), true));

        assertThat(LiveBench.code(again)).isEqualTo(ErrorCode.LIVE_HELLO_REPEATED.wireName());
        assertThat(LiveBench.code(resumed)).isEqualTo(ErrorCode.LIVE_HELLO_REPEATED.wireName());
        client.settled();
    }

    @Test
    default void moreThanTwentyOfOneUserAreRefusedUntilOneLeaves() {
        Person ada = bench().person();
        List<LiveClient> all =
                Stream.generate(() -> live(ada)).limit(Limits.MAX_LIVE).toList();

        LiveClient oneTooMany = anonymous().hello(ada.token()).resuming(null, Map.of());
        ends(oneTooMany, ErrorCode.LIVE_TOO_MANY, 1013);
        assertThat(oneTooMany.frames(ServerFrame.GoAway.class))
                .allSatisfy(away -> assertThat(away.reconnectAfterMs()).isPositive());
        live(bench().person()).settled();
        all.forEach(LiveClient::settled);

        all.get(0).cut();
        Awaitility.await().atMost(Node.TIMEOUT).until(() -> getsIn(ada));
    }

    private boolean getsIn(Person person) {
        LiveClient client = anonymous().hello(person.token()).resuming(null, Map.of());
        client.until("a word", () -> client.replica().isReady() || !client.isOpen());
        return client.isOpen();
    }
}
