package io.parley.app.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.parley.api.ServerFrame.GoAway;
import io.parley.app.http.ServerEvents.Position;
import io.parley.domain.error.InvalidInput;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

/** How a log looks in a response. */
class LogResponseTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final UUID EPOCH = UUID.fromString("0b9e6a52-7d3c-4a57-9c06-2f1f3a1d9d10");

    private final ServerEvents events = new ServerEvents(JsonMapper.shared(), () -> EPOCH);
    private final JsonLines lines = new JsonLines();

    @Test
    void aQuietStreamShowsThatItIsThere() {
        StepVerifier.withVirtualTime(
                        () -> LogResponse.alive(Flux.never(), events).map(LogResponseTest::text))
                .expectSubscription()
                .expectNoEvent(LogResponse.SIGN_EVERY)
                .expectNext(":\n\n")
                .expectNoEvent(LogResponse.SIGN_EVERY)
                .expectNext(":\n\n")
                .thenCancel()
                .verify(TIMEOUT);
    }

    @Test
    void itEndsWithItsLastFrame() {
        StepVerifier.withVirtualTime(() -> LogResponse.alive(
                                Mono.fromSupplier(() -> frame("{}")).flux(), lines)
                        .map(LogResponseTest::text))
                .expectNext("{}\n")
                .expectComplete()
                .verify(TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{\"type\":\"change\",\"logId\":\"a\",\"offset\":7,\"message\":{\"offset\":8}} | 7",
                "{\"type\":\"skip\",\"logId\":\"a\",\"offset\":7}                              | 7",
                "{\"type\":\"caughtUp\",\"logId\":\"a\",\"offset\":0}                          | 0",
                "{\"type\":\"gap\",\"logId\":\"a\",\"to\":9}                                   | 9",
            })
    void anEventSaysWhereItsReaderStandsThen(String frame, long offset) {
        assertThat(text(event(frame))).isEqualTo("id: " + EPOCH + ":" + offset + "\ndata: " + frame + "\n\n");
    }

    @Test
    void whatMovesNobodyHasNoId() {
        String frame = "{\"type\":\"catchUp\",\"logId\":\"a\",\"from\":1,\"to\":9}";

        assertThat(text(event(frame))).isEqualTo("data: " + frame + "\n\n");
    }

    @Test
    void theLastEventSaysWhenToComeBack() {
        assertThat(goodbye(new GoAway("node.stopping", 1_234L))).isEqualTo("retry: 1234\ndata: {}\n\n");
        assertThat(goodbye(new GoAway("auth.session-ended", null))).isEqualTo("data: {}\n\n");
    }

    @Test
    void anIdIsReadAsItWasWritten() {
        Position position = new Position(EPOCH, 7);

        assertThat(Position.of(position.toString())).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", ":", ":7", "here:7", "0b9e6a52-7d3c-4a57-9c06-2f1f3a1d9d10:", "x:y:7"})
    void anIdThatIsNoneOfOursIsRefused(String id) {
        assertThatThrownBy(() -> Position.of(id)).isInstanceOf(InvalidInput.class);
    }

    private String goodbye(GoAway reason) {
        return text(Mono.from(events.farewell(reason, Unpooled.copiedBuffer("{}", UTF_8), new RuntimeException()))
                .block(TIMEOUT));
    }

    private DataBuffer event(String frame) {
        return events.frame(Unpooled.copiedBuffer(frame, UTF_8));
    }

    private DataBuffer frame(String frame) {
        return lines.frame(Unpooled.copiedBuffer(frame, UTF_8));
    }

    private static String text(DataBuffer buffer) {
        return buffer.toString(UTF_8);
    }
}
