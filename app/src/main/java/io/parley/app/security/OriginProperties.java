package io.parley.app.security;

import jakarta.validation.constraints.AssertTrue;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param origins such as {@code https://chat.example.org}; none: pages of this very host */
@Validated
@ConfigurationProperties("parley")
record OriginProperties(List<String> origins) {

    @AssertTrue(message = "PARLEY_ORIGINS: expects origins such as https://chat.example.org, separated by commas")
    boolean isEachAnOrigin() {
        return origins == null || origins.stream().allMatch(origin -> origin.matches("https?://[^/*?#@\\s]+"));
    }
}
