package io.parley.app.rsocket;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.parley.api.ProblemCode;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import io.rsocket.DuplexConnection;
import io.rsocket.frame.ErrorFrameCodec;
import io.rsocket.frame.FrameHeaderCodec;
import io.rsocket.frame.FrameType;
import io.rsocket.frame.KeepAliveFrameCodec;
import io.rsocket.frame.SetupFrameCodec;
import io.rsocket.transport.ClientTransport;
import io.rsocket.util.DefaultPayload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

/** What a client may choose of what keeps its connection alive, on both transports. */
@ServerTest
class KeepAliveIT {
    private static final int SECOND = 1_000;
    private static final int MINUTE = 60 * SECOND;

    private final List<ClientTransport> transports;

    KeepAliveIT(Node node) {
        this.transports = List.of(node.rsocketOverTcp(), node.rsocketOverWebSocket());
    }

    @ParameterizedTest
    @CsvSource({"0, 90000", "-1, 90000", "999, 90000", "300001, 600000", "20000, 600001", "20000, 19999", "20000, -1"})
    void aSetupOutOfRangeIsRefused(int interval, int lifetime) {
        transports.forEach(transport -> {
            DuplexConnection client = connected(transport);

            ends(
                    client,
                    () -> client.sendFrame(0, setup(interval, lifetime)),
                    ErrorFrameCodec.INVALID_SETUP,
                    ProblemCode.SETUP_KEEP_ALIVE);
        });
    }

    @ParameterizedTest
    @CsvSource({
        SECOND + ", " + SECOND,
        // RSocket's own clients: in Java, in JavaScript
        20 * SECOND + ", " + 90 * SECOND,
        MINUTE + ", " + 5 * MINUTE,
        5 * MINUTE + ", " + 10 * MINUTE
    })
    void aSetupInRangeIsTaken(int interval, int lifetime) {
        transports.forEach(transport -> {
            DuplexConnection client = connected(transport);
            client.sendFrame(0, setup(interval, lifetime));

            answers(client, 0);
        });
    }

    @Test
    void aKeepAliveCarriesOnlySoMuch() {
        transports.forEach(transport -> {
            DuplexConnection client = connected(transport);
            client.sendFrame(0, setup(20 * SECOND, 90 * SECOND));
            answers(client, 64);

            DuplexConnection another = connected(transport);
            another.sendFrame(0, setup(20 * SECOND, 90 * SECOND));
            ends(
                    another,
                    () -> another.sendFrame(0, keepAlive(65)),
                    ErrorFrameCodec.CONNECTION_ERROR,
                    ProblemCode.REQUEST_TOO_LARGE);
        });
    }

    private static DuplexConnection connected(ClientTransport transport) {
        return transport.connect().block(TIMEOUT);
    }

    private static void answers(DuplexConnection client, int length) {
        client.sendFrame(0, keepAlive(length));
        StepVerifier.create(client.receive()
                        .filter(frame -> FrameHeaderCodec.frameType(frame) == FrameType.KEEPALIVE)
                        .filter(frame -> !KeepAliveFrameCodec.respondFlag(frame))
                        .map(frame -> KeepAliveFrameCodec.data(frame).readableBytes())
                        .next())
                .expectNext(length)
                .expectComplete()
                .verify(TIMEOUT);
        client.dispose();
    }

    private static void ends(DuplexConnection client, Runnable provocation, int errorCode, ProblemCode problem) {
        StepVerifier.create(client.receive())
                .expectSubscription()
                .then(provocation)
                .assertNext(frame -> {
                    assertThat(FrameHeaderCodec.frameType(frame)).isEqualTo(FrameType.ERROR);
                    assertThat(ErrorFrameCodec.errorCode(frame)).isEqualTo(errorCode);
                    assertThat(ErrorFrameCodec.dataUtf8(frame)).contains("\"" + problem.wireName() + "\"");
                })
                .thenConsumeWhile(frame -> true)
                .expectComplete()
                .verify(TIMEOUT);
        StepVerifier.create(client.onClose()).expectComplete().verify(TIMEOUT);
    }

    private static ByteBuf setup(int interval, int lifetime) {
        return SetupFrameCodec.encode(
                ByteBufAllocator.DEFAULT,
                false,
                interval,
                lifetime,
                "message/x.rsocket.composite-metadata.v0",
                "application/json",
                DefaultPayload.create(""));
    }

    private static ByteBuf keepAlive(int length) {
        return KeepAliveFrameCodec.encode(ByteBufAllocator.DEFAULT, true, 0, Unpooled.wrappedBuffer(new byte[length]));
    }
}
