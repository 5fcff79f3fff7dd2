package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Limits;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.rsocket.RSocketRequester;
import tools.jackson.databind.json.JsonMapper;

/** The live protocol on an RSocket channel. */
class LiveRSocketIT extends LiveProtocolContract {

    LiveRSocketIT(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        super(node, json, issuer, writer, store);
    }

    @Override
    public LiveClient dial(Replica replica, String bearer) {
        Node node = bench().node();
        RSocketRequester requester =
                bearer == null ? node.requester(node.rsocketOverTcp()) : node.requester(bearer, node.rsocketOverTcp());
        return bench().open(replica, listener -> new RSocketWire(requester, listener, bench().json()));
    }

    /** The error frame holds the problem. */
    @Override
    public void isEnding(Wire.Ending ending, ErrorCode code, int closeCode) {
        assertThat(ending).isEqualTo(new Wire.Ending(status(closeCode), code.wireName()));
    }

    private static int status(int closeCode) {
        return switch (closeCode) {
            case 1008 -> 400;
            case 1013 -> 429;
            default -> 401;
        };
    }

    /** The error has the whole problem; a channel that is refused at once has sent nothing before it. */
    @Override
    public boolean saysGoodbyeToStrangers() {
        return false;
    }

    /** What was asked for. */
    @Override
    public int mayHold() {
        return 1;
    }

    @Test
    @Tag("credit")
    void threeThatAreAskedForAreThreeFrames() {
        Person ada = bench().person();
        UUID group = ada.group();
        LiveClient all = live(ada);
        LiveClient client = dial(new Replica(), null);
        client.wire().request(1);
        client.hello(ada.token()).resume(null, Map.of());

        bench().flood(ada, group, 20, number -> "m" + number);
        all.until("all", () -> all.replica().messages(group).size() == 20);
        client.wire().request(3);

        client.until("three more", () -> client.frames().size() == 4);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Node.TIMEOUT)
                .until(() -> client.frames().size() == 4);
        client.flowing();
        client.until("the rest", () -> client.replica().messages(group).size() == 20);
    }

    @Test
    @Tag("wire-size")
    void aPayloadBeyondTheLimitEndsTheConnection() {
        LiveClient client = live(bench().person());

        client.say("{\"type\":\"ping\",\"ref\":\"7\",\"padding\":\"" + "x".repeat(Limits.MAX_INBOUND_BYTES) + "\"}");

        client.ending(Node.TIMEOUT);
        assertThat(client.answers("7")).isEmpty();
    }
}
