package io.parley.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Just enough of a Redis client: one line out, one line in. */
record Redis(String address) {
    private static final int TIMEOUT_MILLIS = 5_000;

    /** The answers to the commands, sent on one connection. */
    List<String> say(String... commands) throws IOException {
        String[] hostAndPort = address.split(":");
        try (Socket socket = new Socket(hostAndPort[0], Integer.parseInt(hostAndPort[1]))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> said = new ArrayList<>();
            for (String command : commands) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
                said.add(answer(answers));
            }
            return said;
        }
    }

    private static String answer(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        return line != null && line.startsWith("$") && !line.equals("$-1") ? answers.readLine() : line;
    }
}
