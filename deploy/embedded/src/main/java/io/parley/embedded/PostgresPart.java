package io.parley.embedded;

import io.parley.embedded.Credentials.Secret;
import io.parley.embedded.Ports.Port;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as in production: nothing is lost in a crash, and nobody gets in without a password. */
final class PostgresPart extends Part {
    private static final Duration RECOVERS_WITHIN = Duration.ofSeconds(45);

    /** Zonky switches these off on the command line, where only the command line can switch them on again. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final Ports ports;
    private final Credentials credentials;
    private final Certificates certificates;
    private final Path data;
    private final PostgresRoles roles;
    private @Nullable EmbeddedPostgres postgres;

    PostgresPart(Folder folder, Ports ports, Credentials credentials, Certificates certificates) {
        super(EmbeddedServer.POSTGRES, folder);
        this.ports = ports;
        this.credentials = credentials;
        this.certificates = certificates;
        this.data = folder.data(EmbeddedServer.POSTGRES);
        this.roles = new PostgresRoles(ports.address(Port.POSTGRES), credentials);
    }

    @Override
    protected ProcessHandle launch() throws IOException {
        Path complete = data.resolve("parley.complete");
        if (!Files.exists(complete)) {
            // A first set-up that a crash cut short holds nothing of anybody's yet.
            Folder.delete(data);
        }
        discardHalfUnpacked();
        postgres = builder().start();
        ProcessHandle postmaster = postmaster();
        PidFile.of(postmaster).write(folder().pid(server()));
        setUp(complete);
        return postmaster;
    }

    @Override
    protected boolean answers() throws IOException {
        try {
            roles.requireSettings(DURABLE);
            return true;
        } catch (SQLException error) {
            throw new IOException(error);
        }
    }

    /** Zonky holds a lock on the data folder until it is told, and it would refuse the next start. */
    @Override
    protected void ended() {
        EmbeddedPostgres former = postgres;
        postgres = null;
        if (former != null) {
            try {
                former.close();
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
    }

    @Override
    protected String title() {
        return server().label() + " " + roles.version();
    }

    @Override
    protected String address() {
        return ports.address(Port.POSTGRES);
    }

    private void setUp(Path complete) throws IOException {
        if (Files.exists(complete)) {
            return;
        }
        try {
            roles.create();
        } catch (SQLException error) {
            throw new IOException("its roles and database could not be made: " + error.getMessage(), error);
        }
        Files.createFile(complete);
    }

    /** Zonky marks what it has unpacked whole, and trips over what it has not. */
    private void discardHalfUnpacked() throws IOException {
        try (Stream<Path> unpacked = Files.list(folder().bin())) {
            unpacked.filter(directory -> directory.getFileName().toString().startsWith("PG-"))
                    .filter(directory -> !Files.exists(directory.resolve(".exists")))
                    .forEach(Folder::delete);
        }
    }

    private EmbeddedPostgres.Builder builder() {
        String password = credentials.get(Secret.POSTGRES_SUPERUSER);
        Path passwordFile = folder().run().resolve("postgres.password");
        PrivateFile.write(passwordFile, password);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder().bin().toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(ports.get(Port.POSTGRES))
                .setPGStartupWait(RECOVERS_WITHIN)
                .setOutputRedirector(
                        ProcessBuilder.Redirect.appendTo(folder().log(server()).toFile()))
                .setConnectConfig("password", password)
                .setDataDirectoryCustomizer(directory -> configure(directory.toPath()))
                .setServerConfig("max_connections", "200");
        DURABLE.forEach(builder::setServerConfig);
        initialize(builder, passwordFile);
        return builder;
    }

    /** Goes to initdb: with passwords from the first moment on there is no time in which anybody may come in. */
    private static void initialize(EmbeddedPostgres.Builder builder, Path passwordFile) {
        builder.setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
    }

    /** In a file, since zonky's command line has no place for values with spaces. */
    private void configure(Path directory) {
        PrivateFile.write(directory.resolve("postgresql.auto.conf"), """
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                shared_buffers = '128MB'
                max_wal_size = '512MB'
                jit = off
                password_encryption = 'scram-sha-256'
                ssl = on
                ssl_cert_file = '%s'
                ssl_key_file = '%s'
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] %%u@%%d '
                """.formatted(
                        quoted(certificates.certificate()), quoted(certificates.key())));
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = Files.readAllLines(data.resolve("postmaster.pid")).stream()
                .findFirst()
                .map(Long::parseLong)
                .orElseThrow();
        return ProcessHandle.of(pid).orElseThrow();
    }
}
