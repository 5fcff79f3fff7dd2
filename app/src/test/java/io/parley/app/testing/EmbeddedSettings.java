package io.parley.app.testing;

import io.netty.handler.codec.compression.Zstd;
import io.parley.embedded.EmbeddedServers;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Points the settings of nodes in this JVM at the embedded servers, and at free ports. */
public final class EmbeddedSettings implements BeforeAllCallback {
    private static final Map<String, String> NODE = Map.of(
            "PARLEY_HTTP_PORT", "0",
            "PARLEY_RSOCKET_PORT", "0",
            "PARLEY_MANAGEMENT_PORT", "0",
            "PARLEY_STARTUP_PATIENCE", "5s",
            "PARLEY_DRAIN_NOTICE", "0s",
            "PARLEY_LOG_FORMAT", "text",
            // All tests come from one address.
            "PARLEY_REGISTRATION_BURST", "100000",
            "PARLEY_SIGN_IN_BURST", "100000");

    @Override
    public void beforeAll(ExtensionContext context) {
        servers().settings().forEach(System::setProperty);
        NODE.forEach(System::setProperty);
        // What loads itself on first use in the HTTP client of the tests; the server's own path has nothing like it.
        Zstd.isAvailable();
    }

    /** The servers of this build; for tests that stop one of them, and start it again. */
    public static EmbeddedServers servers() {
        return Holder.SERVERS;
    }

    private static final class Holder {
        static final EmbeddedServers SERVERS = EmbeddedServers.attach();
    }
}
