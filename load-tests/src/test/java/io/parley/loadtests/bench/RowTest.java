package io.parley.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.loadtests.bench.Row.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Row ROW = Row.of("something", "µs", one(12)).against(one(10));

    @Test
    void aMissIsCalledAMiss() {
        assertThat(ROW.toReach(Target.ratioAtMost(1.1)).markdown(true)).endsWith("| ≤ 1.10 × | **missed** |");
        assertThat(ROW.toReach(Target.ratioAtLeast(1.3)).met()).isFalse();
        assertThat(ROW.toReach(Target.atMost(11)).met()).isFalse();
    }

    @Test
    void whatIsReachedIsCalledMet() {
        assertThat(ROW.toReach(Target.ratioAtMost(1.3)).markdown(true)).endsWith("| ≤ 1.30 × | met |");
        assertThat(ROW.toReach(Target.ratioAtLeast(1.1)).met()).isTrue();
        assertThat(ROW.toReach(Target.atMost(12)).met()).isTrue();
    }

    @Test
    void withoutATargetAndInAShortRunNothingIsJudged() {
        assertThat(ROW.met()).isNull();
        assertThat(ROW.toReach(Target.ratioAtMost(1.1)).markdown(false)).endsWith("| ≤ 1.10 × |  |");
    }

    @Test
    void aControlThatTookNoTimeThatCouldBeToldMakesNoRatio() {
        assertThat(ROW.against(one(0)).markdown(true)).contains("| too little to tell |");
    }

    private static Series one(double value) {
        return new Series(List.of(value));
    }
}
