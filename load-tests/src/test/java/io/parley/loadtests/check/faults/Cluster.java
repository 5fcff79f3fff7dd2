package io.parley.loadtests.check.faults;

import io.parley.embedded.EmbeddedServer;
import io.parley.embedded.EmbeddedServers;
import io.parley.loadtests.NodePorts;
import io.parley.loadtests.ServerNode;
import io.parley.loadtests.check.workload.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Some nodes, the servers behind them, and a proxy on each link between them that can have one. */
public final class Cluster implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration SIGNALLED_WITHIN = Duration.ofSeconds(5);
    private static final String[] FAST = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"};

    private final EmbeddedServers servers = EmbeddedServers.attach();
    private final List<Member> members = new ArrayList<>();

    /**
     * One node with its links. Kafka has none: its clients go where it says that it is, past any proxy.
     *
     * @param flags of its JVM
     */
    private final class Member {
        private final NodePorts ports = NodePorts.free();
        private final TcpProxy postgres = new TcpProxy(settings().get("PARLEY_POSTGRES_ADDRESS"));
        private final TcpProxy redis = new TcpProxy(settings().get("PARLEY_REDIS_ADDRESS"));
        private final TcpProxy http = new TcpProxy("127.0.0.1:" + ports.http());
        private final TcpProxy rsocket = new TcpProxy("127.0.0.1:" + ports.rsocket());
        private final String name;
        private final String[] flags;
        private ServerNode node;
        private int starts;

        Member(String name, String[] flags) {
            this.name = name;
            this.flags = flags;
        }

        void start() {
            Map<String, String> own = new HashMap<>(settings());
            own.putAll(ports.settings());
            own.put("PARLEY_POSTGRES_ADDRESS", postgres.address());
            own.put("PARLEY_REDIS_ADDRESS", redis.address());
            own.put("PARLEY_REGISTRATION_BURST", "100000");
            own.put("PARLEY_SIGN_IN_BURST", "100000");
            node = ServerNode.start("check-" + name + "-" + ++starts, own, flags);
        }

        Door door() {
            return new Door(name, URI.create("http://" + http.address()), URI.create("tcp://" + rsocket.address()));
        }

        Stream<TcpProxy> proxies() {
            return Stream.of(postgres, redis, http, rsocket);
        }
    }

    /** Starts them all, and returns when they are ready. */
    public Cluster(List<String> names, String... more) {
        String[] flags = Stream.concat(Stream.of(FAST), Stream.of(more)).toArray(String[]::new);
        names.forEach(name -> members.add(new Member(name, flags)));
        members.forEach(Member::start);
        members.forEach(member -> member.node.awaitReady(READY_WITHIN));
    }

    public Map<String, String> settings() {
        return servers.settings();
    }

    EmbeddedServers servers() {
        return servers;
    }

    public List<Door> doors() {
        return members.stream().map(Member::door).toList();
    }

    public int size() {
        return members.size();
    }

    String name(int number) {
        return members.get(number).name;
    }

    public TcpProxy postgres(int number) {
        return members.get(number).postgres;
    }

    TcpProxy redis(int number) {
        return members.get(number).redis;
    }

    TcpProxy http(int number) {
        return members.get(number).http;
    }

    TcpProxy rsocket(int number) {
        return members.get(number).rsocket;
    }

    void kill(int number) {
        members.get(number).node.kill();
    }

    /** Value: how it ended. */
    int terminate(int number, Duration within) {
        members.get(number).node.terminate();
        return members.get(number).node.awaitExit(within);
    }

    /** Starts a node that has ended on the ports that it had, and returns when it is ready. */
    void restart(int number) {
        members.get(number).start();
        members.get(number).node.awaitReady(READY_WITHIN);
    }

    /** @param name {@code STOP} or {@code CONT} */
    void signalNode(int number, String name) {
        signal(name, members.get(number).node.processes());
    }

    /** The same to a server with all processes that belong to it. */
    void signalServer(EmbeddedServer server, String name) {
        Path folder = Path.of(Optional.ofNullable(System.getProperty("parley.embedded.folder"))
                .orElse(".parley"));
        Properties pid = new Properties();
        try (var reader = Files.newBufferedReader(
                folder.resolve("run").resolve(server.name().toLowerCase(Locale.ROOT) + ".pid"))) {
            pid.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        ProcessHandle main =
                ProcessHandle.of(Long.parseLong(pid.getProperty("pid"))).orElseThrow();
        signal(name, Stream.concat(Stream.of(main), main.descendants()).toList());
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        try {
            Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
            kill.waitFor(SIGNALLED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** All links carry again, and all servers behind the nodes run. */
    public void heal() {
        members.stream().flatMap(Member::proxies).forEach(TcpProxy::heal);
        Stream.of(EmbeddedServer.values()).forEach(servers::start);
    }

    @Override
    public void close() {
        members.forEach(member -> member.node.close());
        members.stream().flatMap(Member::proxies).forEach(TcpProxy::close);
        servers.close();
    }
}
