package io.parley.app.operations;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** Where health and metrics are served; {@code management.server.*} takes its values from here. */
@Validated
@ConfigurationProperties("parley.management")
record ManagementProperties(
        @NotNull(message = "expects an address of this machine")
        InetAddress address,

        @Min(0) @Max(65_535) int port) {}
