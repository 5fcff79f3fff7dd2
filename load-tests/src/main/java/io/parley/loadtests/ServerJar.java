package io.parley.loadtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged server, or the one that the system property {@code parley.server.jar} names, unpacked once by each JVM that starts nodes,
 * into a folder of its own: a node starts faster from jars in a folder than from a jar of jars, and two JVMs that unpack
 * into one folder take the jars from under each other's nodes. Beside it is an archive of the classes that a start loads
 * (<a href="https://docs.spring.io/spring-boot/reference/packaging/class-data-sharing.html">class data sharing</a>), with which
 * a node takes two thirds of the time and of the CPU.
 */
final class ServerJar {
    /** Names the unpacked jar of the JVM that has started this one. */
    private static final String UNPACKED_BY_PARENT = "parley.server.unpacked";

    private static final int UNPACKED_WITHIN_SECONDS = 60;
    private static final int ARCHIVED_WITHIN_SECONDS = 240;
    private static final Path FOLDER =
            Path.of("target", "server", Long.toString(ProcessHandle.current().pid()));

    static final Path UNPACKED = unpacked();
    static final Path ARCHIVE = archive(UNPACKED.resolveSibling("classes.jsa"));

    private ServerJar() {}

    /** Value: the path of the JVM that runs this, for processes of its kind. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path unpacked() {
        String parents = System.getProperty(UNPACKED_BY_PARENT);
        return parents == null
                ? unpack(Path.of(System.getProperty("parley.server.jar", "target/server.jar")))
                : Path.of(parents);
    }

    /** By the tools that Spring Boot packs into the jar. */
    private static Path unpack(Path jar) {
        String[] extract = {"-Djarmode=tools", "-jar", jar.toString(), "extract", "--force", "--destination"};
        run(
                "unpack",
                Map.of(),
                UNPACKED_WITHIN_SECONDS,
                Stream.concat(Stream.of(extract), Stream.of(FOLDER.toString())));
        return FOLDER.resolve(jar.getFileName()).toAbsolutePath();
    }

    /** By a start that ends before anything behind the node is looked for: none of it is there. */
    private static Path archive(Path archive) {
        if (Files.exists(archive)) {
            return archive;
        }
        run(
                "archive",
                nowhere(),
                ARCHIVED_WITHIN_SECONDS,
                Stream.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dspring.context.exit=onRefresh",
                        "-XX:ArchiveClassesAtExit=" + archive,
                        "-jar",
                        UNPACKED.toString()));
        return archive;
    }

    /** Settings that are whole, and lead nowhere. */
    private static Map<String, String> nowhere() {
        Map<String, String> settings = new HashMap<>(NodePorts.free().settings());
        settings.put("PARLEY_ALLOW_PLAINTEXT", "true");
        settings.put("PARLEY_S3_URL", "http://127.0.0.1:1");
        settings.put("PARLEY_POSTGRES_DATABASE", "nowhere");
        settings.put("PARLEY_S3_BUCKET", "nowhere");
        List.of("PARLEY_POSTGRES", "PARLEY_KAFKA", "PARLEY_REDIS").forEach(part -> {
            settings.put(part + "_TLS", "false");
            settings.put(part + "_USER", "nobody");
            settings.put(part + "_PASSWORD", UUID.randomUUID().toString());
        });
        settings.put("PARLEY_POSTGRES_ADDRESS", "127.0.0.1:1");
        settings.put("PARLEY_KAFKA_ADDRESSES", "127.0.0.1:1");
        settings.put("PARLEY_REDIS_ADDRESS", "127.0.0.1:1");
        settings.put("PARLEY_MIGRATION_USER", "nobody-else");
        settings.put("PARLEY_MIGRATION_PASSWORD", UUID.randomUUID().toString());
        settings.put("PARLEY_S3_ACCESS_KEY", UUID.randomUUID().toString());
        settings.put("PARLEY_S3_SECRET_KEY", UUID.randomUUID().toString());
        return settings;
    }

    private static void run(String name, Map<String, String> environment, int withinSeconds, Stream<String> arguments) {
        try {
            Path output = Files.createDirectories(FOLDER).resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            Stream.concat(Stream.of(java()), arguments).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(withinSeconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("cannot " + name + " the server: " + Files.readString(output));
            }
        } catch (IOException cannotRun) {
            throw new UncheckedIOException(cannotRun);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
