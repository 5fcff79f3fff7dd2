package io.parley.loadtests.check.history;

import java.io.BufferedWriter;
import java.io.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A history while it is written, by many threads: each line gets its time in the order of the lines. */
public final class History implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AtomicLong numbers = new AtomicLong();
    private final long began = System.nanoTime();
    private final Path file;
    private final BufferedWriter lines;
    private boolean closed;

    public History(Path file) {
        try {
            this.file = file.toAbsolutePath();
            Files.createDirectories(this.file.getParent());
            // Not a channel: that would be closed by the interruption of whoever writes.
            this.lines = new BufferedWriter(new FileWriter(this.file.toFile(), StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    public static List<Event> read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(History::parse).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Event parse(String line) {
        return JSON.readValue(line, Event.class);
    }

    static String print(Event event) {
        return JSON.writerFor(Event.class).writeValueAsString(event);
    }

    public Path file() {
        return file;
    }

    /** A number for an operation or a connection, never given twice. */
    public long number() {
        return numbers.incrementAndGet();
    }

    /** Writes the event that is made for the present time; nothing once this is closed. */
    public synchronized void add(LongFunction<Event> event) {
        if (closed) {
            return;
        }
        try {
            lines.write(print(event.apply(System.nanoTime() - began)));
            lines.newLine();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            lines.close();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
