package io.parley.infra.jwt;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param issuer who signs access tokens: the same on all nodes */
@Validated
@ConfigurationProperties("parley.token")
record TokenProperties(
        @NotBlank(message = "is missing: the name of this installation in its tokens")
        String issuer) {}
