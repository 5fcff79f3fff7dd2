package io.parley.app.rsocket;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** Where RSocket is served over TCP; over WebSocket it is on the HTTP port. */
@Validated
@ConfigurationProperties("parley.rsocket")
record RSocketProperties(
        @NotNull(message = "expects an address of this machine")
        InetAddress address,

        @Min(0) @Max(65_535) int port) {}
