package io.parley.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts small JVMs of our own: the keeper, the broker, S3Proxy. */
final class JavaProcess {
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k");
    private static final String LIST = "servers.classpath";

    private JavaProcess() {}

    /** An argument by which a JVM of this folder is known, should its pid file be lost. */
    static String mark(Folder folder) {
        return "-Dparley.embedded.home=" + folder.root();
    }

    static List<String> command(Folder folder, List<String> flags, Class<?> main, String... arguments) {
        return command(folder, flags, main.getName(), arguments);
    }

    static List<String> command(Folder folder, List<String> flags, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.addAll(flags);
        command.add(mark(folder));
        command.add("-Djava.io.tmpdir=" + folder.tmp());
        command.add("-Dlogback.configurationFile=io/parley/embedded/servers-logback.xml");
        command.add(main);
        command.addAll(List.of(arguments));
        return command;
    }

    /** The environment of a server: the caller's, without options meant for the caller's own JVM or database. */
    static void prepare(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name ->
                        name.equals("JAVA_TOOL_OPTIONS") || name.equals("JDK_JAVA_OPTIONS") || name.startsWith("PG"));
        // The list is longer than some systems' command line may be, and unreadable in ps.
        environment.put("CLASSPATH", classPath());
    }

    private static String classPath() {
        try (InputStream list = JavaProcess.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw incomplete(LIST + " is missing");
            }
            String jars = new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
            for (String jar : jars.split(File.pathSeparator, -1)) {
                if (!Files.exists(Path.of(jar))) {
                    throw incomplete(jar + " is missing");
                }
            }
            return ourselves() + File.pathSeparator + jars;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static Path ourselves() {
        try {
            return Path.of(JavaProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException error) {
            throw new IllegalStateException(error);
        }
    }

    private static EmbeddedServersException incomplete(String what) {
        return new EmbeddedServersException("The embedded servers' class path is incomplete, " + what
                + ": build the module once, mvn -pl deploy/embedded generate-resources");
    }
}
