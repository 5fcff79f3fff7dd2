package io.parley.loadtests.check.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which bug is on, inside a node: so one start of the nodes serves all of them. */
public final class Switch {
    private static final long LOOK_NANOS = 50_000_000;
    private static final Path FILE = Path.of(System.getProperty("parley.planted.switch", "target/planted/switch"));

    private static volatile String present = "";
    private static volatile long looked;

    private Switch() {}

    /** Asked by the altered code. */
    public static boolean on(String bug) {
        long now = System.nanoTime();
        if (looked == 0 || now - looked > LOOK_NANOS) {
            looked = now;
            present = read();
        }
        return present.equals(bug);
    }

    private static String read() {
        try {
            return Files.exists(FILE) ? Files.readString(FILE).strip() : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** From outside. */
    static void set(String bug) throws IOException {
        Files.createDirectories(FILE.toAbsolutePath().getParent());
        Files.writeString(FILE, bug);
    }
}
