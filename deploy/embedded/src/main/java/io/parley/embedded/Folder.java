package io.parley.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lies where in the servers' folder: {@code data} is what a wipe removes, {@code bin} the unpacked binaries, {@code
 * run} what belongs to the processes of the moment.
 */
record Folder(Path root) {
    private static final String KEEPER = "keeper";

    /** Makes the folder if need be, for its owner's eyes only. */
    static Folder create(Path path) {
        try {
            Path root = makePrivate(path.toAbsolutePath().normalize()).toRealPath();
            Folder folder = new Folder(root);
            folder.refuseForeign();
            for (Path part :
                    List.of(folder.data(), folder.bin(), folder.tls(), folder.run(), folder.logs(), folder.tmp())) {
                makePrivate(part);
            }
            return folder;
        } catch (IOException error) {
            throw new EmbeddedServersException(
                    "The folder of the embedded servers cannot be used: " + path + " (" + error + ")", error);
        }
    }

    Path data() {
        return root.resolve("data");
    }

    Path data(EmbeddedServer server) {
        return data().resolve(server.key());
    }

    Path bin() {
        return root.resolve("bin");
    }

    Path tls() {
        return root.resolve("tls");
    }

    Path run() {
        return root.resolve("run");
    }

    Path tmp() {
        return run().resolve("tmp");
    }

    Path pid(EmbeddedServer server) {
        return run().resolve(server.key() + ".pid");
    }

    Path keeperPid() {
        return run().resolve(KEEPER + ".pid");
    }

    /** Where a keeper that could not start says why. */
    Path failure() {
        return run().resolve("failure.txt");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(EmbeddedServer server) {
        return logs().resolve(server.key() + ".log");
    }

    Path keeperLog() {
        return logs().resolve(KEEPER + ".log");
    }

    Path servers() {
        return root.resolve("servers.properties");
    }

    Path ports() {
        return root.resolve("ports.properties");
    }

    Path credentials() {
        return root.resolve("credentials.properties");
    }

    Path startLock() {
        return root.resolve("start.lock");
    }

    /** Forgets all data; binaries, ports and credentials stay. */
    void wipe() {
        delete(data());
        make(data());
    }

    static Path make(Path directory) {
        try {
            return makePrivate(directory);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static Path makePrivate(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return directory;
    }

    /** As another user PostgreSQL would fail later and say less; root's own data would be locked to anybody else. */
    private void refuseForeign() throws IOException {
        Path probe = Files.createTempFile(root, "owner", null);
        boolean foreign = !Files.getOwner(probe).equals(Files.getOwner(root));
        Files.delete(probe);
        if (foreign) {
            throw new EmbeddedServersException("The folder " + root + " belongs to " + Files.getOwner(root)
                    + ": run as that user, remove the folder, or name another with PARLEY_EMBEDDED_FOLDER");
        }
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }
}
