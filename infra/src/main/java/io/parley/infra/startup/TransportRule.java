package io.parley.infra.startup;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What all links to servers behind this one have in common: they are encrypted, or stay on this machine. */
public final class TransportRule {
    /** Ends the fault that is told when a link would be readable on the way. */
    public static final String PLAINTEXT =
            " is not encrypted and leaves this machine; PARLEY_ALLOW_PLAINTEXT=true allows that";

    /** Ends the fault that is told when a certificate file cannot be read. */
    public static final String CA_FILE = "cannot be read";

    private TransportRule() {}

    public static boolean safe(boolean tls, boolean loopback, boolean allowPlaintext) {
        return tls || loopback || allowPlaintext;
    }

    public static boolean readable(@Nullable Path file) {
        return file == null || Files.isReadable(file);
    }
}
