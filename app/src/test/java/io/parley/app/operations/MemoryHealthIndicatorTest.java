package io.parley.app.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class MemoryHealthIndicatorTest {

    @Test
    void aHeapThatCollectionsLeaveFullIsOutOfService() {
        assertThat(MemoryHealthIndicator.health(91, 100).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(MemoryHealthIndicator.health(90, 100).getStatus()).isEqualTo(Status.UP);
    }
}
