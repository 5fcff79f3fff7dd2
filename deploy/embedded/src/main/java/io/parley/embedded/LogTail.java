package io.parley.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, for messages. */
final class LogTail {
    private static final int LINES = 15;
    private static final int BYTES = 8_192;

    private LogTail() {}

    static String of(Path log) {
        List<String> lines = end(log).lines().toList();
        if (lines.isEmpty()) {
            return "(" + log + " is empty)";
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        return "Last lines of " + log + ":\n  " + String.join("\n  ", last);
    }

    private static String end(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - BYTES);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
