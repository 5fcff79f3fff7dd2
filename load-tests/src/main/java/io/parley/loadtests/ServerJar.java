package io.parley.loadtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The packaged server, or the one that the system property {@code parley.server.jar} names, unpacked once by each JVM that starts nodes,
 * into a folder of its own: a node starts faster from jars in a folder than from a jar of jars, and two JVMs that unpack
 * into one folder take the jars from under each other's nodes.
 */
final class ServerJar {
    private static final int UNPACKED_WITHIN_SECONDS = 60;

    static final Path UNPACKED = unpack(
            Path.of(System.getProperty("parley.server.jar", "target/server.jar")),
            Path.of("target", "server", Long.toString(ProcessHandle.current().pid())));

    private ServerJar() {}

    /** Value: the path of the JVM that runs this, for processes of its kind. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** By the tools that Spring Boot packs into the jar. */
    private static Path unpack(Path jar, Path folder) {
        try {
            Path output =
                    Files.createDirectories(folder.toAbsolutePath().getParent()).resolve("unpack.log");
            Process tools = new ProcessBuilder(
                            java(),
                            "-Djarmode=tools",
                            "-jar",
                            jar.toString(),
                            "extract",
                            "--force",
                            "--destination",
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!tools.waitFor(UNPACKED_WITHIN_SECONDS, TimeUnit.SECONDS) || tools.exitValue() != 0) {
                tools.destroyForcibly();
                throw new IllegalStateException("cannot unpack " + jar + ": " + Files.readString(output));
            }
            return folder.resolve(jar.getFileName()).toAbsolutePath();
        } catch (IOException cannotUnpack) {
            throw new UncheckedIOException(cannotUnpack);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
