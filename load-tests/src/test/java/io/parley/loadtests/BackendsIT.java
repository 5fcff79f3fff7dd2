package io.parley.loadtests;

import static io.parley.loadtests.Nodes.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.MessageView;
import io.parley.embedded.EmbeddedServers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node says of servers that refuse it, that it does not trust, or that are away. */
class BackendsIT {
    private static final String WRONG = "a-wrong-password";

    /** TCP port 1 has been assigned to a protocol that nobody speaks. */
    private static final String CLOSED = "127.0.0.1:1";

    @TempDir
    static Path folder;

    private static EmbeddedServers servers;
    private static HeldPorts held;
    private static ServerSocket taken;

    private static final Starts STARTS = new Starts();
    private static CompletableFuture<Refusal> withWrongPasswords;
    private static CompletableFuture<Refusal> withAForeignAuthority;
    private static CompletableFuture<Refusal> withWrongNames;
    private static CompletableFuture<Refusal> withoutPostgres;
    private static CompletableFuture<ServerNode> withoutAllElse;
    private static CompletableFuture<Refusal> onATakenHttpPort;
    private static CompletableFuture<Refusal> onATakenRSocketPort;

    @BeforeAll
    static void startAll() throws Exception {
        servers = EmbeddedServers.attach();
        NodePorts ports = NodePorts.free();
        held = new HeldPorts(ports);
        Map<String, String> plain = with(servers.settings(), "PARLEY_LOG_FORMAT", "text", "PARLEY_REDIS_TIMEOUT", "5s");
        Map<String, String> refused = new HashMap<>(plain);
        refused.putAll(ports.settings());
        withWrongPasswords = STARTS.refusal(
                "wrong-passwords",
                with(
                        with(refused, "PARLEY_LOG_FORMAT", "json"),
                        "PARLEY_POSTGRES_PASSWORD",
                        WRONG,
                        "PARLEY_MIGRATION_PASSWORD",
                        WRONG,
                        "PARLEY_KAFKA_PASSWORD",
                        WRONG,
                        "PARLEY_REDIS_PASSWORD",
                        WRONG,
                        "PARLEY_S3_SECRET_KEY",
                        WRONG));
        withAForeignAuthority = STARTS.refusal("foreign-authority", foreign(ports));
        withWrongNames = STARTS.refusal(
                "wrong-names",
                with(refused, "PARLEY_POSTGRES_DATABASE", "elsewhere", "PARLEY_S3_BUCKET", "no-such-bucket"));
        withoutPostgres = STARTS.refusal(
                "without-postgres", with(refused, "PARLEY_POSTGRES_ADDRESS", CLOSED, "PARLEY_STARTUP_PATIENCE", "6s"));
        withoutAllElse = STARTS.ready(
                "without-all-else",
                with(
                        plain,
                        "PARLEY_KAFKA_ADDRESSES",
                        CLOSED,
                        "PARLEY_REDIS_ADDRESS",
                        CLOSED,
                        "PARLEY_S3_URL",
                        "http://" + CLOSED));
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        String port = String.valueOf(taken.getLocalPort());
        onATakenHttpPort = STARTS.refusal("taken-http-port", with(plain, "PARLEY_HTTP_PORT", port));
        onATakenRSocketPort = STARTS.refusal("taken-rsocket-port", with(plain, "PARLEY_RSOCKET_PORT", port));
    }

    @AfterAll
    static void closeAll() throws Exception {
        STARTS.close();
        held.close();
        taken.close();
        servers.close();
    }

    @Test
    void everyRefusedPasswordIsToldInOneStart() {
        Refusal refusal = withWrongPasswords.join();
        String postgres = "PostgreSQL at " + servers.settings().get("PARLEY_POSTGRES_ADDRESS");

        assertThat(refusal.exitCode()).isEqualTo(78);
        assertThat(refusal.faults())
                .containsExactlyInAnyOrder(
                        "PARLEY_MIGRATION_USER / PARLEY_MIGRATION_PASSWORD: " + postgres
                                + " refuses the sign-in of parley_migration",
                        "PARLEY_POSTGRES_USER / PARLEY_POSTGRES_PASSWORD: " + postgres
                                + " refuses the sign-in of parley_app",
                        "PARLEY_KAFKA_USER / PARLEY_KAFKA_PASSWORD: Kafka refuses the sign-in",
                        "PARLEY_REDIS_USER / PARLEY_REDIS_PASSWORD: Redis refuses the sign-in",
                        "PARLEY_S3_ACCESS_KEY / PARLEY_S3_SECRET_KEY: S3 refuses them for parley");
        assertThat(refusal.hasStackTrace()).isFalse();
        assertThat(refusal.mentions(WRONG)).isFalse();
    }

    @Test
    void everyServerOfAForeignAuthorityIsToldInOneStart() {
        Refusal refusal = withAForeignAuthority.join();

        assertThat(refusal.exitCode()).isEqualTo(78);
        assertThat(refusal.faults())
                .containsExactlyInAnyOrder(
                        "PARLEY_POSTGRES_CA_FILE: the certificate of PostgreSQL is not trusted",
                        "PARLEY_KAFKA_CA_FILE: the certificate of Kafka is not trusted",
                        "PARLEY_REDIS_CA_FILE: the certificate of Redis is not trusted",
                        "PARLEY_S3_CA_FILE: the certificate of S3 is not trusted");
        assertThat(refusal.hasStackTrace()).isFalse();
    }

    @Test
    void anUnknownDatabaseAndAMissingBucketAreToldInOneStart() {
        Refusal refusal = withWrongNames.join();

        assertThat(refusal.exitCode()).isEqualTo(78);
        assertThat(refusal.faults())
                .containsExactlyInAnyOrder(
                        "PARLEY_POSTGRES_DATABASE: PostgreSQL at "
                                + servers.settings().get("PARLEY_POSTGRES_ADDRESS") + " has no database elsewhere",
                        "PARLEY_S3_BUCKET: there is no bucket no-such-bucket");
        assertThat(refusal.hasStackTrace()).isFalse();
    }

    @Test
    void withoutPostgresTheStartIsGivenUpWhenPatienceEnds() {
        Refusal refusal = withoutPostgres.join();

        assertThat(refusal.exitCode()).isEqualTo(69);
        assertThat(refusal.faults())
                .singleElement()
                .asString()
                .startsWith("PostgreSQL does not answer: Cannot connect to " + CLOSED)
                .contains("Connection refused");
        assertThat(refusal.mentions("waiting for PostgreSQL")).isTrue();
        assertThat(refusal.hasStackTrace()).isFalse();
    }

    @Test
    void withoutKafkaRedisAndS3TheNodeIsReadyDegradedAndTakesMessages() {
        ServerNode node = withoutAllElse.join();
        HttpResponse<String> readiness = node.ask("/health/ready");

        assertThat(readiness.statusCode()).isEqualTo(200);
        Map<String, Object> health = Json.of(readiness.body());
        assertThat(health.get("status")).isEqualTo("DEGRADED");
        assertThat(Json.text(health, "components.backends.components.postgresql.status"))
                .isEqualTo("UP");
        assertThat(Json.text(health, "components.backends.components.kafka.status"))
                .isEqualTo("DEGRADED");
        assertThat(Json.text(health, "components.backends.components.redis.status"))
                .isEqualTo("DEGRADED");
        assertThat(Json.text(health, "components.backends.components.s3.status"))
                .isEqualTo("DEGRADED");

        ParleyHttp ada = node.as(node.strangers().register("ada"));
        UUID conversation = ada.openGroup("all else is away", List.of()).id();
        MessageView sent = ada.send(conversation, "hello, store");

        assertThat(ada.history(conversation)).containsExactly(sent);
        assertThat(node.output())
                .anyMatch(line -> line.contains("Kafka does not answer: ") && line.contains("; starting without it"))
                .anyMatch(line -> line.contains("Redis does not answer: ") && line.contains("; starting without it"))
                .anyMatch(line -> line.contains("S3 does not answer: ") && line.contains("; starting without it"));
    }

    @Test
    void aTakenHttpPortIsToldWithItsVariable() {
        assertTaken(onATakenHttpPort.join(), "HTTP");
    }

    @Test
    void aTakenRSocketPortIsToldWithItsVariable() {
        assertTaken(onATakenRSocketPort.join(), "RSOCKET");
    }

    private static void assertTaken(Refusal refusal, String listener) {
        assertThat(refusal.exitCode()).isEqualTo(1);
        assertThat(refusal.faults())
                .containsExactly("PARLEY_" + listener + "_ADDRESS / PARLEY_" + listener
                        + "_PORT: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
        assertThat(refusal.hasStackTrace()).isFalse();
    }

    private static Map<String, String> foreign(NodePorts ports) throws Exception {
        String authority = foreignAuthority().toString();
        Map<String, String> settings = with(
                servers.tlsSettings(),
                "PARLEY_LOG_FORMAT",
                "text",
                "PARLEY_REDIS_TIMEOUT",
                "5s",
                "PARLEY_POSTGRES_CA_FILE",
                authority,
                "PARLEY_KAFKA_CA_FILE",
                authority,
                "PARLEY_REDIS_CA_FILE",
                authority,
                "PARLEY_S3_CA_FILE",
                authority);
        settings.putAll(ports.settings());
        return settings;
    }

    /** A real one, of those that the JDK trusts: it has certainly not signed for our servers. */
    private static Path foreignAuthority() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        X509Certificate authority = ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0];
        return Files.writeString(folder.resolve("foreign.pem"), pem(authority.getEncoded()));
    }

    private static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }
}
