package io.parley.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void theMedianIsInTheMiddleOrBetweenTheTwoThere() {
        assertThat(new Series(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
        assertThat(new Series(List.of(9.0, 1.0, 5.0, 7.0)).median()).isEqualTo(6);
    }

    @Test
    void aRatioIsOfWhatWasMeasuredSideBySide() {
        Series ratio = new Series(List.of(10.0, 40.0)).by(new Series(List.of(5.0, 10.0)));

        assertThat(ratio.values()).containsExactly(2.0, 4.0);
    }

    @Test
    void nothingMeasuredIsNoSeries() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Series(List.of()));
    }
}
