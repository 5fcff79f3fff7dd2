package io.parley.loadtests.bench.control;

import io.parley.api.Routes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import reactor.netty.http.server.HttpServer;

/**
 * The control as a process: {@code netty} or {@code reactor}, and a port on the loopback address. It obeys what comes on its
 * standard input, a command a line, and ends with that.
 */
public final class ControlServer {
    private ControlServer() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[1]);
        Broadcaster broadcaster = new Broadcaster();
        if (arguments[0].equals("netty")) {
            broadcaster.listen(port);
        } else {
            listenByReactorNetty(port);
        }
        try (BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("frame")) {
                    broadcaster.frame(Integer.parseInt(words[1]));
                } else {
                    broadcaster.burst(Integer.parseInt(words[1]));
                }
            }
        }
        System.exit(0);
    }

    /** The upgrade alone, as Reactor Netty makes it, and somebody who listens. */
    private static void listenByReactorNetty(int port) {
        HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .route(routes ->
                        routes.ws(Routes.LIVE_SOCKET, (in, out) -> in.receive().then()))
                .bindNow();
    }
}
