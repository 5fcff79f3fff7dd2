package io.parley.loadtests;

import io.parley.api.SignedInView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One packaged server as a process of its own. It inherits no variable but {@code PATH} and {@code JAVA_HOME}; what it
 * prints goes to {@code target/nodes/{name}.log}. Closing kills it.
 */
public final class ServerNode implements AutoCloseable {
    private static final Path FOLDER = Path.of("target", "nodes");
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration DEAD_WITHIN = Duration.ofSeconds(10);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String name;
    private final Process process;
    private final NodePorts ports;
    private final Path output;

    private ServerNode(String name, Process process, NodePorts ports, Path output) {
        this.name = name;
        this.process = process;
        this.ports = ports;
        this.output = output;
    }

    /** The jar that nodes run, with its libraries in the folder {@code lib} beside it. */
    public static Path jar() {
        return ServerJar.UNPACKED;
    }

    /** Starts a node on free loopback ports, where the settings name no others, and returns at once. */
    public static ServerNode start(String name, Map<String, String> settings, String... flags) {
        Map<String, String> environment = new HashMap<>(NodePorts.free().settings());
        environment.putAll(settings);
        return startExactly(name, environment, flags);
    }

    /** Starts a node with these variables and no others, and returns at once. */
    public static ServerNode startExactly(String name, Map<String, String> settings, String... flags) {
        List<String> command = new ArrayList<>();
        command.add(ServerJar.java());
        command.addAll(List.of(flags));
        command.add("-XX:SharedArchiveFile=" + ServerJar.ARCHIVE);
        command.addAll(List.of("-jar", ServerJar.UNPACKED.toString()));
        try {
            Path output = Files.createDirectories(FOLDER).resolve(name + ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().retainAll(List.of("PATH", "JAVA_HOME"));
            builder.environment().putAll(settings);
            return new ServerNode(name, builder.start(), NodePorts.of(settings), output);
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    /** Returns when the node is ready. Errors: {@code IllegalStateException} if it ends, or is not in time. */
    public ServerNode awaitReady(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (readiness() != 200) {
            if (endsWithin(LOOK_EVERY)) {
                throw new IllegalStateException(name + " ended with " + process.exitValue() + ": " + output());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " is not ready in " + within + ": " + output());
            }
        }
        return this;
    }

    /** Value: the exit code. Errors: {@code IllegalStateException} if the node still runs then. */
    public int awaitExit(Duration within) {
        if (!endsWithin(within)) {
            throw new IllegalStateException(name + " does not end in " + within + ": " + output());
        }
        return process.exitValue();
    }

    /** Asks the node to stop, by SIGTERM, and returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** Kills the node, by SIGKILL, and returns when it is dead. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(DEAD_WITHIN);
    }

    /** The node and the processes that it started, as far as they run. */
    public List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        return all.stream().filter(ProcessHandle::isAlive).toList();
    }

    public NodePorts ports() {
        return ports;
    }

    public URI http() {
        return URI.create("http://127.0.0.1:" + ports.http());
    }

    public URI management() {
        return URI.create("http://127.0.0.1:" + ports.management());
    }

    /** This node over HTTP, for who is not signed in. */
    public ParleyHttp strangers() {
        return new ParleyHttp(CLIENT, http(), null);
    }

    /** This node over HTTP, for who is. */
    public ParleyHttp as(SignedInView person) {
        return new ParleyHttp(CLIENT, http(), person.accessToken());
    }

    /** A live connection that knows nothing yet. */
    public LiveSocketClient live(SignedInView person) {
        return live(person, new Replica());
    }

    /** A live connection that goes on where another one, to whatever node, has ended. */
    public LiveSocketClient live(SignedInView person, Replica replica) {
        return LiveSocketClient.open(CLIENT, http(), person.accessToken(), replica);
    }

    /** The status of {@code /health/ready}; 0 if nobody answers. */
    public int readiness() {
        try {
            return ask("/health/ready").statusCode();
        } catch (UncheckedIOException nobodyThere) {
            return 0;
        }
    }

    /** What the management port answers. Errors: {@code UncheckedIOException} if nothing. */
    public HttpResponse<String> ask(String path) {
        return Exchange.text(
                CLIENT,
                HttpRequest.newBuilder(management().resolve(path))
                        .timeout(ANSWER_WITHIN)
                        .build());
    }

    /** What the node has printed so far, whole lines only. */
    public List<String> output() {
        try {
            String text = Files.readString(output, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
