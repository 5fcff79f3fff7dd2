package io.parley.embedded;

import io.parley.embedded.Credentials.Secret;
import io.parley.embedded.Ports.Port;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.Main;

/** S3Proxy over plain files; it checks version 4 signatures and has one bucket from the start. */
final class S3Part extends Part {
    static final String BUCKET = "parley";
    private static final List<String> FLAGS = List.of("-Xms24m", "-Xmx128m");
    private static final int ANSWERS_WITHIN_MILLIS = 2_000;

    private final Ports ports;
    private final Credentials credentials;
    private final Certificates certificates;

    S3Part(Folder folder, Ports ports, Credentials credentials, Certificates certificates) {
        super(EmbeddedServer.S3, folder);
        this.ports = ports;
        this.credentials = credentials;
        this.certificates = certificates;
    }

    @Override
    protected ProcessHandle launch() throws IOException {
        Folder.make(folder().data(EmbeddedServer.S3).resolve(BUCKET));
        Path configuration = folder().run().resolve("s3proxy.properties");
        PrivateFile.write(configuration, configuration());
        return run(JavaProcess.command(folder(), FLAGS, Main.class, "--properties", configuration.toString()));
    }

    /** A request without signature must be refused: any other answer is not from this server. */
    @Override
    protected boolean answers() throws IOException {
        HttpURLConnection request = (HttpURLConnection)
                URI.create("http://" + address() + "/" + BUCKET).toURL().openConnection();
        request.setConnectTimeout(ANSWERS_WITHIN_MILLIS);
        request.setReadTimeout(ANSWERS_WITHIN_MILLIS);
        try {
            return request.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
        } finally {
            request.disconnect();
        }
    }

    @Override
    protected String title() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? server().label() : server().label() + " " + version;
    }

    @Override
    protected String address() {
        return ports.address(Port.S3);
    }

    private String configuration() {
        return """
                s3proxy.endpoint=http://%s
                s3proxy.secure-endpoint=https://%s
                s3proxy.keystore-path=%s
                s3proxy.keystore-password=%s
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                s3proxy.ignore-unknown-headers=true
                s3proxy.cors-allow-origins=.*
                s3proxy.cors-allow-methods=GET PUT HEAD
                s3proxy.cors-allow-headers=*
                s3proxy.jetty.max-threads=32
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(
                        address(),
                        ports.address(Port.S3_TLS),
                        certificates.keyStore(),
                        credentials.get(Secret.KEYSTORE),
                        credentials.get(Secret.S3_ACCESS),
                        credentials.get(Secret.S3),
                        folder().data(EmbeddedServer.S3));
    }
}
