package io.parley.infra.startup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** What all links to servers behind this one have in common: they are encrypted, or stay on this machine. */
public final class TransportRule {
    /** Ends the fault that is told when a link would be readable on the way. */
    public static final String PLAINTEXT =
            " is not encrypted and leaves this machine; PARLEY_ALLOW_PLAINTEXT=true allows that";

    /** Ends the fault that is told when a certificate file cannot be read. */
    public static final String CA_FILE = "cannot be read as PEM certificates";

    private TransportRule() {}

    public static boolean safe(boolean tls, boolean loopback, boolean allowPlaintext) {
        return tls || loopback || allowPlaintext;
    }

    public static boolean readable(@Nullable Path file) {
        return file == null || holdsCertificates(file);
    }

    /** Whether a link failed because the other side's certificate is not trusted. */
    public static boolean untrusted(Throwable error) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        return cause instanceof SSLHandshakeException || cause instanceof GeneralSecurityException;
    }

    private static boolean holdsCertificates(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .isEmpty();
        } catch (IOException | CertificateException unreadable) {
            return false;
        }
    }
}
