package io.parley.infra.startup;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param patience how long the start waits for a required server that is away */
@Validated
@ConfigurationProperties("parley.startup")
record StartupProperties(
        @NotNull(message = "expects a duration such as 5s or 2m") @DurationMin(seconds = 0) @DurationMax(minutes = 10)
        Duration patience) {}
