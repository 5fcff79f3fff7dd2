package io.parley.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.kafka.receiver.ReceiverPartition;
import reactor.test.StepVerifier;

class PositionsTest {
    private final Positions positions = new Positions();

    @BeforeEach
    void fix() {
        assertThat(positions.areFixed()).isFalse();
        positions.fixAtEnd(List.of(new Partition(0, 10), new Partition(1, 0)));
    }

    @Test
    void fixingIsTold() {
        assertThat(positions.areFixed()).isTrue();
        StepVerifier.create(positions.whenFixed())
                .expectNext(true)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void consecutiveRecordsFollowInEachPartition() {
        assertThat(follows(0, 10)).isTrue();
        assertThat(follows(1, 0)).isTrue();
        assertThat(follows(0, 11)).isTrue();
        assertThat(follows(1, 1)).isTrue();
    }

    @Test
    void aHoleIsNoticedOnce() {
        assertThat(follows(0, 12)).isFalse();
        assertThat(follows(0, 13)).isTrue();
    }

    @Test
    void goingBackIsNoticedOnce() {
        assertThat(follows(0, 10)).isTrue();
        assertThat(follows(0, 3)).isFalse();
        assertThat(follows(0, 4)).isTrue();
    }

    @Test
    void aPartitionThatNobodyAssignedIsNoticed() {
        assertThat(follows(2, 0)).isFalse();
    }

    private boolean follows(int partition, long offset) {
        return positions.follows(new ConsumerRecord<>(ChangesTopic.NAME, partition, offset, "", new byte[0]));
    }

    /** A partition that nobody has read from; asking for the position before moving to the end would be wrong. */
    private static final class Partition implements ReceiverPartition {
        private final int number;
        private final long end;
        private boolean atEnd;

        Partition(int number, long end) {
            this.number = number;
            this.end = end;
        }

        @Override
        public TopicPartition topicPartition() {
            return new TopicPartition(ChangesTopic.NAME, number);
        }

        @Override
        public void seekToEnd() {
            atEnd = true;
        }

        @Override
        public long position() {
            assertThat(atEnd).isTrue();
            return end;
        }

        @Override
        public void seekToBeginning() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seek(long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekToTimestamp(long timestamp) {
            throw new UnsupportedOperationException();
        }
    }
}
