package io.parley.app.docs;

import io.parley.app.testing.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream of server-sent events that curl prints, line by line. */
final class EventLine implements AutoCloseable {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(1_000);
    private final Process curl;

    EventLine(String command) throws IOException {
        this.curl = new ProcessBuilder("bash", "-c", "exec " + command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread reading = new Thread(this::read, "curl");
        reading.setDaemon(true);
        reading.start();
    }

    private void read() {
        try (BufferedReader printed = curl.inputReader()) {
            for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            // as it is at the end
        }
    }

    /** The next line, in time. */
    String next() throws InterruptedException {
        String line = lines.poll(Node.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new AssertionError("curl printed no more");
        }
        return line;
    }

    @Override
    public void close() {
        curl.destroy();
    }
}
