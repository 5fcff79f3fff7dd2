package io.parley.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM that the servers belong to. It starts them, tells where they are once all answer, and ends them when nobody
 * needs them any more or when it is told to end.
 */
final class Keeper {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final Duration FIRST_USER_WITHIN = Duration.ofMinutes(1);
    private static final Duration NEWCOMER_WITHIN = Duration.ofSeconds(2);
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(40);
    private static final Executor THREADS = work -> new Thread(work, "part").start();

    private final Folder folder;
    private final Leases leases = new Leases(FIRST_USER_WITHIN, NEWCOMER_WITHIN);
    private final Map<EmbeddedServer, Part> parts = new EnumMap<>(EmbeddedServer.class);
    private volatile @Nullable ControlPort controlPort;

    private Keeper(Folder folder) {
        this.folder = folder;
    }

    /** Argument: the folder. */
    public static void main(String[] arguments) {
        Folder folder = new Folder(Path.of(arguments[0]));
        try {
            new Keeper(folder).run();
            System.exit(0);
        } catch (Exception error) {
            log.error("The embedded servers did not start", error);
            PrivateFile.write(folder.failure(), message(error) + "\nSee also " + folder.keeperLog());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        PidFile.of(ProcessHandle.current()).write(folder.keeperPid());
        Settings settings = prepare();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
        inParallel(Part::start, STARTS_WITHIN);

        String token = Credentials.random();
        ControlPort port = new ControlPort(token, leases, this::obey);
        controlPort = port;
        port.open();
        tell(port.number(), token, settings);
        // From here on it only waits: gives back what unpacking and starting took.
        System.gc();
        leases.awaitEnd();
    }

    private Settings prepare() {
        UserNamespace.require();
        Credentials credentials = Credentials.of(folder);
        Certificates certificates = Certificates.of(folder, credentials.get(Credentials.Secret.KEYSTORE));
        Ports ports = Ports.of(folder);
        RedisBinary redis =
                RedisBinary.find(folder, Platform.current(), Optional.ofNullable(System.getenv(RedisBinary.OWN)));
        List.of(
                        new PostgresPart(folder, ports, credentials, certificates),
                        new KafkaPart(folder, ports, credentials, certificates),
                        new RedisPart(folder, redis, ports, credentials, certificates),
                        new S3Part(folder, ports, credentials, certificates))
                .forEach(part -> parts.put(part.server(), part));
        return new Settings(ports, credentials, certificates, redis.tls());
    }

    private void tell(int port, String token, Settings settings) {
        Map<EmbeddedServer, Running.Started> servers = new EnumMap<>(EmbeddedServer.class);
        parts.forEach((server, part) -> servers.put(server, part.started()));
        PidFile self = PidFile.of(ProcessHandle.current());
        new Running(self, port, token, settings.plain(), settings.tls(), servers).write(folder);
        servers.values().forEach(started -> log.info("{} ready in {}", started.title(), started.took()));
    }

    private String obey(String line) {
        String[] words = line.split(" ", 2);
        try {
            obey(words[0], words.length > 1 ? words[1] : "");
            return Protocol.OK;
        } catch (RuntimeException error) {
            log.warn("Command failed: {}", line, error);
            return Protocol.error(message(error));
        }
    }

    private void obey(String verb, String object) {
        switch (verb) {
            case Protocol.STOP -> part(object).stop();
            case Protocol.KILL -> part(object).kill();
            case Protocol.START -> part(object).start();
            case Protocol.WIPE -> part(object).wipe();
            case Protocol.HOLD -> ProcessHandle.of(Long.parseLong(object)).ifPresent(leases::hold);
            default -> throw new IllegalArgumentException("There is no command " + verb);
        }
    }

    private Part part(String key) {
        return parts.values().stream()
                .filter(part -> part.server().key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no server " + key));
    }

    /** First nobody can come in any more, then the servers go, and the keeper's own pid file is the last to go. */
    private void end() {
        leases.end();
        try {
            ControlPort port = controlPort;
            if (port != null) {
                port.close();
            }
            PrivateFile.delete(folder.servers());
            inParallel(Part::stop, STOPS_WITHIN);
        } catch (IOException | RuntimeException error) {
            log.error("The embedded servers did not end cleanly", error);
        }
        PrivateFile.delete(folder.keeperPid());
    }

    private void inParallel(Consumer<Part> work, Duration within) {
        CompletableFuture<?>[] all = parts.values().stream()
                .map(part -> CompletableFuture.runAsync(() -> work.accept(part), THREADS))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all)
                .orTimeout(within.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static String message(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof EmbeddedServersException
                ? String.valueOf(cause.getMessage())
                : "The keeper of the embedded servers failed: " + cause;
    }
}
