package io.parley.infra.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsCheckTest {
    private static final String SECRET = "hunter2-hunter2";

    /** The variables as an operator sets them, all of them right. */
    private static final Map<String, String> RIGHT = Map.ofEntries(
            Map.entry("PARLEY_POSTGRES_ADDRESS", "127.0.0.1:5432"),
            Map.entry("PARLEY_POSTGRES_DATABASE", "parley"),
            Map.entry("PARLEY_POSTGRES_USER", "app"),
            Map.entry("PARLEY_POSTGRES_PASSWORD", SECRET),
            Map.entry("PARLEY_POSTGRES_TLS", "false"),
            Map.entry("PARLEY_POSTGRES_POOL_SIZE", "16"),
            Map.entry("PARLEY_POSTGRES_ACQUIRE_TIMEOUT", "2s"),
            Map.entry("PARLEY_MIGRATION_USER", "owner"),
            Map.entry("PARLEY_MIGRATION_PASSWORD", SECRET),
            Map.entry("PARLEY_KAFKA_ADDRESSES", "localhost:9092,[::1]:9093"),
            Map.entry("PARLEY_KAFKA_USER", "node"),
            Map.entry("PARLEY_KAFKA_PASSWORD", SECRET),
            Map.entry("PARLEY_KAFKA_TLS", "false"),
            Map.entry("PARLEY_REDIS_ADDRESS", "127.0.0.1:6379"),
            Map.entry("PARLEY_REDIS_USER", "node"),
            Map.entry("PARLEY_REDIS_PASSWORD", SECRET),
            Map.entry("PARLEY_REDIS_TLS", "false"),
            Map.entry("PARLEY_S3_URL", "http://localhost:9000"),
            Map.entry("PARLEY_S3_BUCKET", "files"),
            Map.entry("PARLEY_S3_ACCESS_KEY", "key"),
            Map.entry("PARLEY_S3_SECRET_KEY", SECRET),
            Map.entry("PARLEY_ALLOW_PLAINTEXT", "false"));

    private final Map<String, String> variables = new HashMap<>(RIGHT);

    @TempDir
    Path folder;

    @Test
    void rightSettingsHaveNoFaults() {
        assertThat(faults()).isEmpty();
        assertThatCode(() -> check()).doesNotThrowAnyException();
    }

    @Test
    void allFaultsOfAllRecordsAreToldAtOnce() {
        set("PARLEY_POSTGRES_ADDRESS", "db");
        set("PARLEY_POSTGRES_POOL_SIZE", "many");
        set("PARLEY_POSTGRES_ACQUIRE_TIMEOUT", "soon");
        set("PARLEY_POSTGRES_TLS", "perhaps");
        set("PARLEY_MIGRATION_USER", "");
        set("PARLEY_KAFKA_ADDRESSES", "localhost:9092,nowhere");
        set("PARLEY_REDIS_PASSWORD", "");
        set("PARLEY_S3_URL", "ftp://files.example");
        set("PARLEY_S3_BUCKET", "");

        assertThat(faults())
                .containsExactly(
                        "PARLEY_KAFKA_ADDRESSES: expects host:port, separated by commas",
                        "PARLEY_MIGRATION_USER: is missing: the role that migrates the schema",
                        "PARLEY_POSTGRES_ACQUIRE_TIMEOUT: expects a duration such as 5s or 2m",
                        "PARLEY_POSTGRES_ADDRESS: expects host:port",
                        "PARLEY_POSTGRES_POOL_SIZE: expects a whole number",
                        "PARLEY_POSTGRES_TLS: expects true or false",
                        "PARLEY_REDIS_PASSWORD: is missing, and PARLEY_REDIS_USER is set",
                        "PARLEY_S3_BUCKET: is missing: the name of the bucket",
                        "PARLEY_S3_URL: expects a URL that begins with https:// or http:// and names a host");
    }

    @Test
    void faultsEndTheStartAsAWrongConfiguration() {
        set("PARLEY_S3_BUCKET", "");

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(this::check)
                .satisfies(error -> assertThat(error.getExitCode()).isEqualTo(78))
                .satisfies(error -> assertThat(error.faults())
                        .containsExactly("PARLEY_S3_BUCKET: is missing: the name of the bucket"));
    }

    @Test
    void nothingSetIsAFaultForEachThatHasNoDefault() {
        variables.clear();

        assertThat(faults().stream().map(SettingsCheckTest::variable))
                .contains("PARLEY_POSTGRES_ADDRESS", "PARLEY_POSTGRES_DATABASE", "PARLEY_POSTGRES_USER")
                .contains("PARLEY_POSTGRES_PASSWORD", "PARLEY_MIGRATION_USER", "PARLEY_MIGRATION_PASSWORD")
                .contains("PARLEY_KAFKA_ADDRESSES", "PARLEY_REDIS_ADDRESS", "PARLEY_S3_URL", "PARLEY_S3_BUCKET")
                .contains("PARLEY_S3_ACCESS_KEY", "PARLEY_S3_SECRET_KEY");
    }

    @ParameterizedTest
    @CsvSource({"PARLEY_POSTGRES_POOL_SIZE, 1", "PARLEY_POSTGRES_POOL_SIZE, 201", "PARLEY_POSTGRES_ACQUIRE_TIMEOUT, 1ms"
    })
    void aValueOutOfRangeIsNamedAfterItsVariable(String variable, String value) {
        set(variable, value);

        assertThat(faults()).singleElement().satisfies(fault -> assertThat(variable(fault))
                .isEqualTo(variable));
    }

    /** The name comes from the placeholder, not from the property: they may differ. */
    @Test
    void theVariableIsTheOneThatTheValueIsTakenFrom() {
        Map<String, Object> properties = properties();
        properties.put("parley.s3.bucket", "${PARLEY_FILES_BUCKET:}");

        assertThat(SettingsCheck.faults(environment(properties)))
                .containsExactly("PARLEY_FILES_BUCKET: is missing: the name of the bucket");
    }

    static Stream<String> links() {
        return Stream.of("PARLEY_POSTGRES_ADDRESS", "PARLEY_KAFKA_ADDRESSES", "PARLEY_REDIS_ADDRESS", "PARLEY_S3_URL");
    }

    @ParameterizedTest
    @MethodSource("links")
    void aReadableLinkThatLeavesTheMachineIsRefused(String link) {
        set(link, elsewhere(link));

        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith(link.substring(0, link.lastIndexOf('_')))
                .contains("not encrypted and leaves this machine");
    }

    @ParameterizedTest
    @MethodSource("links")
    void aReadableLinkMayBeAllowed(String link) {
        set(link, elsewhere(link));
        set("PARLEY_ALLOW_PLAINTEXT", "true");

        assertThat(faults()).isEmpty();
    }

    @Test
    void oneBrokerElsewhereIsEnoughForARefusal() {
        set("PARLEY_KAFKA_ADDRESSES", "localhost:9092,10.0.0.1:9092");

        assertThat(faults()).singleElement().asString().startsWith("PARLEY_KAFKA_TLS=false: the link is not encrypted");
    }

    @Test
    void anEncryptedLinkMayLeaveTheMachine() {
        links().forEach(link -> set(link, elsewhere(link)));
        set("PARLEY_S3_URL", "https://files.example");
        Stream.of("POSTGRES", "KAFKA", "REDIS").forEach(server -> set("PARLEY_" + server + "_TLS", "true"));

        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSTGRES", "KAFKA", "REDIS", "S3"})
    void aCertificateFileHasToBeReadable(String server) throws Exception {
        String variable = "PARLEY_" + server + "_CA_FILE";
        for (Path wrong : List.of(folder.resolve("missing.pem"), Files.createFile(folder.resolve("empty.pem")))) {
            set(variable, wrong.toString());
            assertThat(faults()).containsExactly(variable + ": cannot be read as PEM certificates");
        }

        set(variable, Files.write(folder.resolve("ca.pem"), someCertificate()).toString());
        assertThat(faults()).isEmpty();
    }

    /** One of those that the JDK trusts. */
    private static byte[] someCertificate() throws Exception {
        KeyStore trusted = KeyStore.getInstance(
                Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")
                        .toFile(),
                (char[]) null);
        String base64 = Base64.getMimeEncoder()
                .encodeToString(
                        trusted.getCertificate(trusted.aliases().nextElement()).getEncoded());
        return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void secretsAreInNoFault() {
        links().forEach(link -> set(link, SECRET + " in the wrong place"));
        variables.keySet().stream()
                .filter(variable -> !variable.matches(".*(PASSWORD|KEY|USER|DATABASE|BUCKET)"))
                .toList()
                .forEach(variable -> set(variable, SECRET + ":" + SECRET));
        set("PARLEY_MIGRATION_USER", "");

        assertThat(faults()).hasSizeGreaterThan(8).noneMatch(fault -> fault.contains(SECRET));
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(this::check)
                .withMessageNotContaining(SECRET)
                .withNoCause();
    }

    private void set(String variable, String value) {
        variables.put(variable, value);
    }

    private static String elsewhere(String link) {
        return link.endsWith("_URL") ? "http://files.example" : "10.0.0.1:1234";
    }

    private static String variable(String fault) {
        return fault.substring(0, fault.indexOf(':'));
    }

    private List<String> faults() {
        return SettingsCheck.faults(environment(properties()));
    }

    private void check() {
        new SettingsCheck()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(),
                        new SpringApplication(),
                        new String[0],
                        environment(properties())));
    }

    private StandardEnvironment environment(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        // Not the variables of whoever runs the tests.
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addLast(new MapPropertySource("variables", new HashMap<>(variables)));
        environment.getPropertySources().addLast(new MapPropertySource("application.yaml", properties));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    /** The part of {@code application.yaml} that is about servers behind this one. */
    private static Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("parley.startup.patience", "${PARLEY_STARTUP_PATIENCE:30s}");
        placeholders(properties, "postgres", "address", "database", "user", "password", "ca-file");
        placeholders(properties, "migration", "user", "password");
        placeholders(properties, "kafka", "addresses", "user", "password", "ca-file");
        placeholders(properties, "redis", "address", "user", "password", "ca-file");
        placeholders(properties, "s3", "url", "bucket", "access-key", "secret-key", "ca-file");
        for (String server : List.of("postgres", "kafka", "redis", "s3")) {
            properties.put("parley." + server + ".allow-plaintext", "${PARLEY_ALLOW_PLAINTEXT:false}");
            properties.put("parley." + server + ".tls", "${" + variableOf(server, "tls") + ":true}");
        }
        properties.put("parley.postgres.pool-size", "${PARLEY_POSTGRES_POOL_SIZE:16}");
        properties.put("parley.postgres.acquire-timeout", "${PARLEY_POSTGRES_ACQUIRE_TIMEOUT:2s}");
        properties.put("parley.postgres.statement-timeout", "5s");
        properties.put("parley.postgres.answer-timeout", "10s");
        properties.put("parley.kafka.partitions", "12");
        properties.put("parley.kafka.replication", "1");
        properties.put("parley.redis.timeout", "500ms");
        properties.put("parley.s3.region", "us-east-1");
        properties.put("parley.token.issuer", "parley");
        return properties;
    }

    private static void placeholders(Map<String, Object> properties, String server, String... names) {
        for (String name : names) {
            properties.put("parley." + server + "." + name, "${" + variableOf(server, name) + ":}");
        }
    }

    private static String variableOf(String server, String name) {
        return ("PARLEY_" + server + "_" + name).replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
