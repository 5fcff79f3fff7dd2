package io.parley.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void aFullRunRepeatsFiveTimesAfterTwentySeconds() {
        Plan plan = Plan.of(new Properties());

        assertThat(plan.repeats()).isEqualTo(5);
        assertThat(plan.warmUp()).isEqualTo(Duration.ofSeconds(20));
        assertThat(plan.connections()).containsExactly(100, 1_000);
        assertThat(plan.isJudged()).isTrue();
    }

    @Test
    void aPropertyChangesOneValue() {
        Properties properties = new Properties();
        properties.setProperty("parley.bench.profile", "quick");
        properties.setProperty("parley.bench.connections", "10000");

        assertThat(Plan.of(properties).connections()).containsExactly(10_000);
        assertThat(Plan.of(properties).isJudged()).isFalse();
    }

    @Test
    void anUnknownProfileIsRefused() {
        Properties properties = new Properties();
        properties.setProperty("parley.bench.profile", "thorough");

        assertThatIllegalArgumentException().isThrownBy(() -> Plan.of(properties));
    }

    @Test
    void moreConnectionsThanPortsAreToldBeforeTheyAreTried() {
        assertThat(SystemLimits.against(10_000_000)).get().asString().contains("10000000 connections need");
        assertThat(SystemLimits.against(1)).isEmpty();
    }
}
