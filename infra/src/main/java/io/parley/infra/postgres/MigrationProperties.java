package io.parley.infra.postgres;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param user the role that owns the schema; used at start only */
@Validated
@ConfigurationProperties("parley.migration")
record MigrationProperties(
        @NotBlank(message = "is missing: the role that migrates the schema")
        String user,

        @NotBlank(message = "is missing: the password of the role that migrates the schema")
        String password) {}
