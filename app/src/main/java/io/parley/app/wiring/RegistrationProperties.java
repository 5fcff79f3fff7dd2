package io.parley.app.wiring;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param burst so many accounts from one address at once */
@Validated
@ConfigurationProperties("parley.registration")
record RegistrationProperties(@Min(1) int burst) {}
