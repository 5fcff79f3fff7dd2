package io.parley.app.operations;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** How the log is written; {@code logback-spring.xml} takes its values from here. */
@Validated
@ConfigurationProperties("parley.log")
record LogProperties(
        @Pattern(regexp = "json|text", message = "expects json or text")
        String format,

        @Pattern(regexp = "(?i)trace|debug|info|warn|error", message = "expects trace, debug, info, warn or error")
        String level) {}
