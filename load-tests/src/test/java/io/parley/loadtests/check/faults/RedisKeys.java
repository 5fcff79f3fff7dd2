package io.parley.loadtests.check.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All keys of Redis, removed one after the other: the server's user may not say FLUSHALL. */
record RedisKeys(Map<String, String> settings) {
    private static final int TIMEOUT_MILLIS = 5_000;

    /** Value: how many there were. */
    int removeAll() {
        String[] address = settings.get("PARLEY_REDIS_ADDRESS").split(":", 2);
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            Talk talk = new Talk(
                    socket.getOutputStream(),
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
            talk.ask("AUTH", settings.get("PARLEY_REDIS_USER"), settings.get("PARLEY_REDIS_PASSWORD"));
            List<String> keys = new ArrayList<>();
            String cursor = "0";
            do {
                List<?> page = (List<?>) talk.ask("SCAN", cursor, "COUNT", "1000");
                cursor = String.valueOf(page.get(0));
                ((List<?>) page.get(1)).forEach(key -> keys.add(String.valueOf(key)));
            } while (!cursor.equals("0"));
            for (String key : keys) {
                talk.ask("UNLINK", key);
            }
            return keys.size();
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    /** As much of its protocol as this needs. */
    private record Talk(OutputStream out, BufferedReader in) {
        Object ask(String... words) throws IOException {
            StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                text.append('$')
                        .append(word.getBytes(StandardCharsets.UTF_8).length)
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            return answer();
        }

        private Object answer() throws IOException {
            String line = in.readLine();
            if (line == null || line.startsWith("-")) {
                throw new IOException("Redis says " + line);
            }
            if (line.startsWith("*")) {
                List<Object> all = new ArrayList<>();
                for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
                    all.add(answer());
                }
                return all;
            }
            return line.startsWith("$") ? in.readLine() : line.substring(1);
        }
    }
}
