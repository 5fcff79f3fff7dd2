package io.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What running servers allow and what they refuse. */
class ServersIT {
    @TempDir
    static Path folder;

    static EmbeddedServers servers;
    static Map<String, String> settings;
    static Map<String, String> tlsSettings;

    @BeforeAll
    static void start() {
        servers = EmbeddedServers.attach(folder, Options.NONE);
        settings = servers.settings();
        tlsSettings = servers.tlsSettings();
    }

    @AfterAll
    static void close() {
        servers.close();
    }

    @Test
    void startTimesAreKnownForEveryServer() {
        assertThat(servers.startedHere()).isTrue();
        assertThat(servers.startTimes()).containsOnlyKeys(EmbeddedServer.values());
        assertThat(servers.startTimes().values()).allMatch(time -> time.toMillis() > 0);
    }

    @Test
    void whatPostgresConfirmsSurvivesACrash() throws Exception {
        Sql application = Sql.application(settings);

        assertThat(application.ask("SHOW fsync")).isEqualTo("on");
        assertThat(application.ask("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(application.ask("SHOW full_page_writes")).isEqualTo("on");
        assertThat(application.ask("SHOW server_version")).startsWith("18.");
    }

    @Test
    void theApplicationRoleCannotChangeTheSchema() {
        Sql application = Sql.application(settings);

        assertThatThrownBy(() -> application.execute("CREATE TABLE mine (id int)"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> application.execute("CREATE TEMPORARY TABLE mine (id int)"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theApplicationRoleReadsAndWritesWhatTheMigrationRoleMakes() throws Exception {
        Sql.migration(settings).execute("CREATE TABLE letter (id bigint GENERATED ALWAYS AS IDENTITY, body text)");
        Sql application = Sql.application(settings);

        application.execute(
                "INSERT INTO letter (body) VALUES ('a'), ('b')",
                "UPDATE letter SET body = 'c' WHERE body = 'b'",
                "DELETE FROM letter WHERE body = 'a'");

        assertThat(application.ask("SELECT string_agg(body, '') FROM letter")).isEqualTo("c");
        assertThatThrownBy(() -> application.execute("DROP TABLE letter")).hasMessageContaining("must be owner");
    }

    @Test
    void theMigrationRoleHasNoRightsBeyondItsDatabase() {
        Sql migration = Sql.migration(settings);

        assertThatThrownBy(() -> migration.execute("CREATE ROLE friend")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> migration.execute("CREATE DATABASE other")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> migration.execute("COPY (SELECT 1) TO PROGRAM 'true'"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theExtensionsThatSearchNeedsAreThere() throws Exception {
        Sql.migration(settings).execute("CREATE EXTENSION pg_trgm", "CREATE EXTENSION unaccent");

        assertThat(Sql.application(settings).ask("SELECT lower(unaccent('ÉTÉ'))"))
                .isEqualTo("ete");
    }

    @Test
    void postgresRefusesAWrongPassword() {
        assertThatThrownBy(() -> Sql.application(settings).withPassword("wrong").ask("SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> new Sql(Sql.application(settings).url(), "postgres", "").ask("SELECT 1"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void redisRefusesAWrongPasswordAndStrangers() throws Exception {
        Redis redis = new Redis(settings.get("PARLEY_REDIS_ADDRESS"));

        assertThat(redis.say("AUTH parley wrong").get(0)).startsWith("-WRONGPASS");
        assertThat(redis.say("GET key").get(0)).startsWith("-NOAUTH");
    }

    @Test
    void redisAllowsWhatAChatServerNeedsAndNoMore() throws Exception {
        List<String> answers = new Redis(settings.get("PARLEY_REDIS_ADDRESS"))
                .say(
                        login(),
                        "CLIENT SETNAME parley-test",
                        "PUBLISH news hello",
                        "EVAL \"return redis.call('INCR', KEYS[1])\" 1 counter",
                        "CONFIG GET dir",
                        "FLUSHALL",
                        "KEYS *",
                        "CLIENT KILL 127.0.0.1:1",
                        "DEBUG SLEEP 0");

        assertThat(answers.subList(0, 4)).containsExactly("+OK", "+OK", ":0", ":1");
        assertThat(answers.subList(4, 9)).allMatch(answer -> answer.startsWith("-NOPERM"));
    }

    @Test
    void kafkaRefusesAWrongPassword() {
        assertThatThrownBy(() -> new Kafka(settings, "wrong").createTopic("never"))
                .hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void kafkaMakesNoTopicByItself() throws Exception {
        Kafka kafka = new Kafka(settings);

        kafka.createTopic("made");
        kafka.send("made", "hello");

        assertThat(kafka.first("made")).contains("hello");
    }

    @Test
    void s3RefusesRequestsWithoutATrueSignature() throws Exception {
        S3 s3 = new S3(settings);
        String bogus = "AWS4-HMAC-SHA256 Credential=" + settings.get("PARLEY_S3_ACCESS_KEY")
                + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64);

        assertThat(s3.put("letter", "hello")).isEqualTo(200);
        assertThat(s3.get("letter").body()).isEqualTo("hello");
        assertThat(s3.getUnsigned("letter")).isEqualTo(403);
        assertThat(s3.getUnsigned("letter", "Authorization", bogus, "x-amz-date", "20260101T000000Z"))
                .isEqualTo(403);
        assertThat(new S3(settings, "wrong").get("letter").statusCode()).isEqualTo(403);
    }

    @Test
    void everyServerSpeaksTlsUnderTheAuthorityOfTheFolder() throws Exception {
        Tls tls = Tls.trusting(Path.of(tlsSettings.get("PARLEY_REDIS_CA_FILE")));

        tls.handshake(tlsSettings.get("PARLEY_REDIS_ADDRESS"));
        tls.handshake(tlsSettings.get("PARLEY_KAFKA_ADDRESSES"));
        tls.handshake(tlsSettings.get("PARLEY_S3_URL").replace("https://", ""));
        assertThat(Sql.application(tlsSettings).ask("SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .isEqualTo("true");
    }

    @Test
    void anotherAuthorityIsNotTrusted(@TempDir Path other) throws Exception {
        Certificates foreign = Certificates.of(Folder.create(other), "secret");
        Tls tls = Tls.trusting(foreign.authority());

        assertThatThrownBy(() -> tls.handshake(tlsSettings.get("PARLEY_S3_URL").replace("https://", "")))
                .hasMessageContaining("PKIX");
    }

    @Test
    void kafkaServesClientsOverTls() throws Exception {
        new Kafka(tlsSettings).createTopic("secret");
    }

    @ParameterizedTest
    @EnumSource
    void oneServerCanBeKilledAndStartedAgain(EmbeddedServer server) throws Exception {
        Folder files = new Folder(folder.toRealPath());
        PidFile before = PidFile.read(files.pid(server)).orElseThrow();

        servers.kill(server);

        assertThat(before.process()).isEmpty();
        servers.start(server);
        assertThat(PidFile.read(files.pid(server)).flatMap(PidFile::process)).isPresent();
        assertAllAnswer();
    }

    @Test
    void oneServerCanBeStoppedAndStartedAgain() throws Exception {
        servers.stop(EmbeddedServer.REDIS);
        servers.stop(EmbeddedServer.REDIS);
        assertThatThrownBy(() -> new Redis(settings.get("PARLEY_REDIS_ADDRESS")).say("PING"))
                .hasMessageContaining("refused");

        servers.start(EmbeddedServer.REDIS);
        servers.start(EmbeddedServer.REDIS);

        assertAllAnswer();
    }

    @Test
    void aSecondUserAttachesAndTakesNothingAlongWhenItLeaves() throws Exception {
        try (EmbeddedServers second = EmbeddedServers.attach(folder, Options.NONE)) {
            assertThat(second.startedHere()).isFalse();
            assertThat(second.settings()).isEqualTo(settings);
        }

        assertAllAnswer();
    }

    @Test
    void dataIsNotWipedUnderAUser() throws Exception {
        assertThatThrownBy(() -> EmbeddedServers.attach(folder, new Options(true, false)))
                .isInstanceOf(EmbeddedServersException.class)
                .hasMessageContaining("other processes use the servers");

        assertAllAnswer();
    }

    private static void assertAllAnswer() throws Exception {
        assertThat(Sql.application(settings).ask("SELECT 1")).isEqualTo("1");
        assertThat(new Redis(settings.get("PARLEY_REDIS_ADDRESS")).say(login(), "PING"))
                .containsExactly("+OK", "+PONG");
        assertThat(new S3(settings).get("nothing").statusCode()).isEqualTo(404);
        new Kafka(settings).createTopic(UUID.randomUUID().toString());
    }

    private static String login() {
        return "AUTH " + settings.get("PARLEY_REDIS_USER") + " " + settings.get("PARLEY_REDIS_PASSWORD");
    }
}
