package io.parley.loadtests.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MeasuringTest {

    @Test
    void theSlopeOfALineIsItsSlope() {
        assertThat(IdleHeap.leastSquares(7, 10, 13)).isEqualTo(3);
        assertThat(IdleHeap.leastSquares(0, 10, 5)).isEqualTo(2.5);
    }

    @Test
    void aMarkComesBackFromTheFrame() {
        long mark = 123_456_789_012_345L;
        String frame =
                "{\"type\":\"change\",\"message\":{\"clientMessageId\":\"" + new UUID(mark, 7) + "\",\"text\":\"a\"}}";

        assertThat(read(frame)).isEqualTo(mark);
        assertThat(read("{\"type\":\"change\",\"member\":{\"role\":\"owner\",\"since\":\"2026-01-01T00:00:00Z\"}}"))
                .isEqualTo(-1);
    }

    private static long read(String frame) {
        ByteBuf buffer = Unpooled.copiedBuffer("before" + frame, StandardCharsets.UTF_8);
        return Marks.read(buffer, 6, buffer.readableBytes() - 6);
    }
}
