package io.parley.app.worker;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param notice how long load balancers are given to notice that this node is no longer ready */
@Validated
@ConfigurationProperties("parley.drain")
record DrainProperties(
        @NotNull(message = "expects a duration such as 5s or 2m") @DurationMin(seconds = 0) @DurationMax(seconds = 8)
        Duration notice) {}
