package io.parley.app.wiring;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param burst so many attempts from one address at once */
@Validated
@ConfigurationProperties("parley.sign-in")
record SignInProperties(@Min(1) int burst) {}
