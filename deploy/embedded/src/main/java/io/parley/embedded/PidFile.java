package io.parley.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** Remembers a process across crashes by its number and start time, as numbers are given out again. */
record PidFile(long pid, Instant started) {
    // The kernel's idea of when it booted, and with it of start times, moves a little when the clock is set.
    private static final Duration CLOCK_SHIFT = Duration.ofSeconds(2);

    static PidFile of(ProcessHandle process) {
        return new PidFile(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    static Optional<PidFile> read(Path file) {
        return PrivateFile.read(file)
                .flatMap(entries -> parse(entries.getProperty("pid", ""), entries.getProperty("started", "")));
    }

    void write(Path file) {
        PrivateFile.write(file, Map.of("pid", Long.toString(pid), "started", started.toString()));
    }

    /** The process, if it still lives; never another one that has its number now. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(this::isSame).filter(Processes::isAlive);
    }

    private boolean isSame(ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return Duration.between(started, start).abs().compareTo(CLOCK_SHIFT) <= 0;
    }

    private static Optional<PidFile> parse(String pid, String started) {
        try {
            return Optional.of(new PidFile(Long.parseLong(pid), Instant.parse(started)));
        } catch (NumberFormatException | DateTimeParseException damaged) {
            return Optional.empty();
        }
    }
}
