package io.parley.embedded;

import io.parley.embedded.Credentials.Secret;
import io.parley.embedded.Ports.Port;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Redis with an append-only file, one user that needs a password, and no default user. */
final class RedisPart extends Part {
    static final String USER = "parley";
    private static final int ANSWERS_WITHIN_MILLIS = 1_000;

    /**
     * What a chat server needs: everything but the commands that could harm or spy on other users of a shared Redis.
     * Naming connections and INFO count among those, so they are given back one by one.
     */
    private static final String RIGHTS =
            "~* &* +@all -@admin -@dangerous +info +client|setname +client|getname +client|id"
                    + " +client|setinfo +client|reply +client|caching +client|tracking";

    private final RedisBinary binary;
    private final Ports ports;
    private final Certificates certificates;
    private final String password;

    RedisPart(Folder folder, RedisBinary binary, Ports ports, Credentials credentials, Certificates certificates) {
        super(EmbeddedServer.REDIS, folder);
        this.binary = binary;
        this.ports = ports;
        this.certificates = certificates;
        this.password = credentials.get(Secret.REDIS);
    }

    @Override
    protected ProcessHandle launch() throws IOException {
        Folder.make(folder().data(EmbeddedServer.REDIS));
        Path configuration = folder().run().resolve("redis.conf");
        PrivateFile.write(configuration, configuration());
        return run(List.of(binary.path().toString(), configuration.toString()));
    }

    @Override
    protected boolean answers() throws IOException {
        try (Socket socket = new Socket()) {
            InetSocketAddress redis = new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(Port.REDIS));
            socket.connect(redis, ANSWERS_WITHIN_MILLIS);
            socket.setSoTimeout(ANSWERS_WITHIN_MILLIS);
            String question = "AUTH " + USER + " " + password + "\r\nPING\r\n";
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            // While it still loads its file it refuses PING.
            return "+OK".equals(answers.readLine()) && "+PONG".equals(answers.readLine());
        }
    }

    @Override
    protected String title() {
        return server().label() + " " + binary.version();
    }

    @Override
    protected String address() {
        return ports.address(Port.REDIS);
    }

    private String configuration() {
        String plain =
                """
                bind 127.0.0.1
                port %d
                dir "%s"
                daemonize no
                databases 16
                appendonly yes
                appendfsync everysec
                save ""
                user default off
                user %s on >%s %s
                """.formatted(ports.get(Port.REDIS), folder().data(EmbeddedServer.REDIS), USER, password, RIGHTS);
        return binary.tls() ? plain + tls() : plain;
    }

    private String tls() {
        return """
                tls-port %d
                tls-cert-file "%s"
                tls-key-file "%s"
                tls-ca-cert-file "%s"
                tls-auth-clients no
                """.formatted(
                ports.get(Port.REDIS_TLS), certificates.certificate(), certificates.key(), certificates.authority());
    }
}
