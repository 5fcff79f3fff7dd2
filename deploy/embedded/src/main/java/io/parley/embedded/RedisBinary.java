package io.parley.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Redis executable that was seen to run here: the user's own, or the first that does of those in the jar. */
record RedisBinary(Path path, String version, boolean tls) {
    static final String OWN = "PARLEY_EMBEDDED_REDIS";
    private static final Pattern VERSION = Pattern.compile("Redis server v=(\\S+)");
    private static final long ENDS_WITHIN_SECONDS = 10;

    static RedisBinary find(Folder folder, Platform platform, Optional<String> own) {
        if (own.isPresent()) {
            return tryOut(Path.of(own.get()))
                    .orElseThrow(() -> new EmbeddedServersException(
                            OWN + " names " + own.get() + ", which is no Redis server that runs here"));
        }
        return platform.redisBinaries().stream()
                .map(name -> tryOut(unpack(name, folder.bin())))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new EmbeddedServersException("No bundled Redis runs here (OpenSSL 3 may be missing):"
                        + " install redis-server 6.2 or later and name its executable in " + OWN));
    }

    private static Optional<RedisBinary> tryOut(Path executable) {
        Matcher version = VERSION.matcher(output(executable, "--version"));
        return version.find()
                ? Optional.of(new RedisBinary(executable, version.group(1), speaksTls(executable)))
                : Optional.empty();
    }

    /** Redis stops at the first line of its configuration that it does not know, and quotes it. */
    private static boolean speaksTls(Path executable) {
        String complaint = output(executable, "--tls-cert-file", "none", "--no-such-setting", "none");
        return complaint.contains("'no-such-setting");
    }

    private static Path unpack(String name, Path bin) {
        Path executable = bin.resolve(name);
        if (Files.exists(executable)) {
            return executable;
        }
        try (InputStream binary = RedisBinary.class.getResourceAsStream("/" + name)) {
            if (binary == null) {
                throw new EmbeddedServersException("The Redis executable " + name + " is not on the class path");
            }
            Path draft = Files.createTempFile(bin, "redis", null);
            Files.copy(binary, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
            return Files.move(draft, executable, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException error) {
            throw new EmbeddedServersException("Redis cannot be unpacked into " + bin, error);
        }
    }

    private static String output(Path executable, String... arguments) {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException doesNotRun) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServersException("Interrupted while trying out Redis", interrupted);
        }
    }
}
