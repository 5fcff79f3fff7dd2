package io.parley.loadtests.bench;

import io.parley.embedded.EmbeddedServers;
import io.parley.loadtests.ServerNode;
import io.parley.loadtests.bench.process.ControlProcess;
import io.parley.loadtests.bench.process.Jvm;
import io.parley.loadtests.bench.seed.Seed;
import io.parley.loadtests.bench.wire.Wire;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One node on the embedded servers, set up as everybody's is, and what it is measured with. */
public final class Stage implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);

    private final Plan plan;
    private final Map<String, String> settings;
    private final ServerNode node;
    private final Jvm jvm;
    private final Wire wire = new Wire();
    private final Seed seed;

    private Stage(Plan plan, Map<String, String> settings, ServerNode node) throws SQLException {
        this.plan = plan;
        this.settings = settings;
        this.node = node;
        List<ProcessHandle> processes = node.processes();
        this.jvm = Jvm.of(processes.get(processes.size() - 1));
        this.seed = Seed.into(settings);
    }

    static Stage open(Plan plan, EmbeddedServers servers) throws SQLException {
        ServerNode node =
                ServerNode.start("bench", servers.settings(), plan.serverFlags().toArray(String[]::new));
        try {
            return new Stage(plan, servers.settings(), node.awaitReady(READY_WITHIN));
        } catch (SQLException | RuntimeException unusable) {
            node.close();
            throw unusable;
        }
    }

    public Plan plan() {
        return plan;
    }

    public InetSocketAddress node() {
        return new InetSocketAddress("127.0.0.1", node.ports().http());
    }

    /** The node's. */
    public Jvm jvm() {
        return jvm;
    }

    public Wire wire() {
        return wire;
    }

    public Seed seed() {
        return seed;
    }

    /** A connection to the node's database, as its role. */
    public Connection database() throws SQLException {
        return Seed.connect(settings, "POSTGRES");
    }

    /** A control with the flags of the node. */
    public ControlProcess control(String kind) {
        return ControlProcess.start(kind, plan.serverFlags());
    }

    @Override
    public void close() throws SQLException {
        wire.close();
        seed.close();
        jvm.close();
        node.close();
    }
}
