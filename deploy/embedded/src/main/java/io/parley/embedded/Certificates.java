package io.parley.embedded;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * The folder's certificate authority and the one certificate that all servers show. The authority's key is never
 * written down: when the certificate nears its end both are made anew.
 */
record Certificates(Path authority, Path certificate, Path key, Path chainWithKey, Path keyStore) {
    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    static Certificates of(Folder folder, String keyStorePassword) {
        Path tls = folder.tls();
        Certificates files = new Certificates(
                tls.resolve("ca.pem"),
                tls.resolve("server.pem"),
                tls.resolve("server.key"),
                tls.resolve("server-with-key.pem"),
                tls.resolve("server.p12"));
        if (!files.areFresh(Instant.now().plus(RENEWED_BEFORE))) {
            files.make(Instant.now(), keyStorePassword);
        }
        return files;
    }

    private boolean areFresh(Instant until) {
        // Written last, so the others are there as well.
        if (!Files.exists(certificate)) {
            return false;
        }
        try (InputStream pem = Files.newInputStream(certificate)) {
            Certificate first = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return first instanceof X509Certificate x509
                    && x509.getNotAfter().toInstant().isAfter(until);
        } catch (IOException | GeneralSecurityException unreadable) {
            return false;
        }
    }

    private void make(Instant now, String keyStorePassword) {
        try {
            CertificateBuilder template = new CertificateBuilder()
                    .ecp256()
                    .notBefore(now.minus(Duration.ofDays(1)))
                    .notAfter(now.plus(VALID));
            X509Bundle root = template.copy()
                    .subject("CN=Parley embedded servers")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            X509Bundle server = template.copy()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .addExtendedKeyUsageServerAuth()
                    .buildIssuedBy(root);
            write(server, keyStorePassword);
        } catch (Exception error) {
            throw new EmbeddedServersException("No certificate could be made for the embedded servers", error);
        }
    }

    private void write(X509Bundle server, String keyStorePassword) throws IOException, GeneralSecurityException {
        String chain = server.getCertificatePathPEM();
        PrivateFile.write(authority, server.getRootCertificatePEM());
        PrivateFile.write(key, server.getPrivateKeyPEM());
        PrivateFile.write(chainWithKey, server.getPrivateKeyPEM() + "\n" + chain);
        PrivateFile.write(keyStore, pkcs12(server, keyStorePassword.toCharArray()));
        PrivateFile.write(certificate, chain);
    }

    private static byte[] pkcs12(X509Bundle server, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", server.getKeyPair().getPrivate(), password, server.getCertificatePath());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password);
        return bytes.toByteArray();
    }
}
