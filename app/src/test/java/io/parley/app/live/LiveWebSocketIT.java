package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.api.Limits;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.testing.EmbeddedSettings;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.LogWriter;
import io.parley.embedded.EmbeddedServer;
import io.r2dbc.pool.ConnectionPool;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The live protocol on the WebSocket. */
class LiveWebSocketIT extends LiveProtocolContract {
    /** The grace, and a second each until it is noticed and looked at. */
    private static final Duration GRACE_AND_MORE = Duration.ofSeconds(20);

    /** A round over all, with what it waits for on a busy machine. */
    private static final Duration ROUND_AND_MORE = Duration.ofSeconds(25);

    LiveWebSocketIT(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        super(node, json, issuer, writer, store);
    }

    @Override
    public LiveClient dial(Replica replica, String bearer) {
        return bench().open(
                        replica,
                        listener -> wire(
                                Routes.LIVE_SOCKET,
                                bearer == null ? Map.of() : Map.of("Authorization", "Bearer " + bearer),
                                listener));
    }

    private SocketWire wire(String path, Map<String, String> headers, Wire.Listener listener) {
        URI uri = bench().node().webSocket(path);
        WebSocket.Builder builder = SocketWire.builder();
        headers.forEach(builder::header);
        return new SocketWire(
                builder.buildAsync(uri, new SocketWire.Receiver(listener)).join());
    }

    @Override
    public void isEnding(Wire.Ending ending, ErrorCode code, int closeCode) {
        assertThat(ending).isEqualTo(new Wire.Ending(closeCode, code.wireName()));
    }

    /** Most of it in the kernel of this client, which takes what it likes: load tests look at what the node holds. */
    @Override
    public int mayHold() {
        return 3_000;
    }

    @Test
    void helloWithoutResumeEndsItAfterTenSeconds() {
        LiveClient client =
                dial(new Replica(), null).flowing().hello(bench().person().token());

        ends(client, ErrorCode.LIVE_HELLO_REQUIRED, 1008, Duration.ofSeconds(12));
    }

    @Test
    void whoIsBackWithinTheGraceWasNeverAwayAndWhoIsNotWas() {
        Person ada = bench().person();
        Person bob = bench().person();
        ada.direct(bob);
        LiveClient bobs = live(bob);
        LiveClient client = live(ada);
        WatchTests.watch(client, bob.id());

        bobs.cut();
        LiveClient again = live(bob);
        client.settled();
        again.cut();
        client.until("Bob goes", GRACE_AND_MORE, () -> WatchTests.presence(client, bob)
                .equals("offline"));

        assertThat(client.frames(ServerFrame.Presence.class))
                .extracting(ServerFrame.Presence::presence)
                .containsExactly("online", "offline");
    }

    @Test
    void withoutRedisNobodyIsKnownUntilItIsBack() {
        Person ada = bench().person();
        Person bob = bench().person();
        ada.direct(bob);
        LiveClient client = live(ada);
        live(bob);
        WatchTests.watch(client, bob.id());
        client.until("Bob is there", () -> WatchTests.presence(client, bob).equals("online"));

        EmbeddedSettings.servers().stop(EmbeddedServer.REDIS);
        try {
            client.until("nobody can tell", ROUND_AND_MORE, () -> WatchTests.presence(client, bob)
                    .equals("unknown"));
        } finally {
            EmbeddedSettings.servers().start(EmbeddedServer.REDIS);
        }

        client.until("Bob is there again", ROUND_AND_MORE, () -> WatchTests.presence(client, bob)
                .equals("online"));
    }

    @Test
    @Tag("wire-size")
    void aFrameOfTheLimitIsReadAndALongerOneEndsIt() {
        Person ada = bench().person();
        LiveClient client = live(ada);
        client.say(ping(Limits.MAX_INBOUND_BYTES));
        client.answer("7");

        client.say(ping(Limits.MAX_INBOUND_BYTES + 1));

        assertThat(client.ending(Node.TIMEOUT).number()).isEqualTo(1009);
    }

    @Test
    @Tag("wire-size")
    void aMessageThatIsTooLongOnceItIsPutTogetherEndsItToo() {
        LiveClient client = live(bench().person());
        String frame = ping(Limits.MAX_INBOUND_BYTES + 10_000);

        ((SocketWire) client.wire()).part(frame.substring(0, 40_000), false);
        ((SocketWire) client.wire()).part(frame.substring(40_000), true);

        ends(client, ErrorCode.REQUEST_TOO_LARGE, 1009);
    }

    @Test
    void fragmentsArePutTogether() {
        LiveClient client = live(bench().person());
        String frame = ping(1_000);

        ((SocketWire) client.wire()).part(frame.substring(0, 10), false);
        ((SocketWire) client.wire()).part(frame.substring(10, 500), false);
        ((SocketWire) client.wire()).part(frame.substring(500), true);

        client.answer("7");
    }

    /** A ping of exactly so many bytes. */
    private static String ping(int bytes) {
        String frame = "{\"type\":\"ping\",\"ref\":\"7\",\"padding\":\"\"}";
        return frame.replace("\"\"}", "\"" + "x".repeat(bytes - frame.length()) + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {Routes.LIVE_SOCKET, Routes.RSOCKET})
    void aForeignPageIsNotLetIn(String path) {
        refused(403, () -> upgrade(path, Map.of("Origin", "https://evil.example")));
    }

    @ParameterizedTest
    @Tag("wire-token")
    @ValueSource(strings = {"token", "access_token", "accessToken", "authorization"})
    void aTokenInTheAddressSignsNobodyIn(String name) {
        Person ada = bench().person();
        LiveClient client = bench().open(
                        new Replica(),
                        listener -> wire(Routes.LIVE_SOCKET + "?" + name + "=" + ada.token(), Map.of(), listener))
                .flowing();

        client.hello(null);

        ends(client, ErrorCode.AUTH_REQUIRED, 4502);
    }

    @Test
    void aBadTokenAtTheUpgradeIsRefusedThere() {
        refused(401, () -> upgrade(Routes.LIVE_SOCKET, Map.of("Authorization", "Bearer not.a.token")));
    }

    private Wire upgrade(String path, Map<String, String> headers) {
        return wire(path, headers, new Wire.Listener(frame -> {}, end -> {}));
    }

    private static void refused(int status, ThrowingCallable upgrade) {
        assertThatThrownBy(upgrade)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(WebSocketHandshakeException.class)
                .extracting((Function<Throwable, Integer>) error ->
                        ((WebSocketHandshakeException) error).getResponse().statusCode())
                .isEqualTo(status);
    }
}
