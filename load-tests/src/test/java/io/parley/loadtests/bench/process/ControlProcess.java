package io.parley.loadtests.bench.process;

import io.parley.loadtests.ForkedJvm;
import io.parley.loadtests.NodePorts;
import io.parley.loadtests.bench.control.ControlServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The control server as a process, which ends with this one. */
public final class ControlProcess implements AutoCloseable {
    private static final Duration THERE_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final ForkedJvm forked;
    private final InetSocketAddress address;
    private final PrintStream commands;
    private final Jvm jvm;

    private ControlProcess(ForkedJvm forked, InetSocketAddress address) {
        this.forked = forked;
        this.address = address;
        this.commands = new PrintStream(forked.process().getOutputStream(), true, StandardCharsets.US_ASCII);
        this.jvm = Jvm.of(forked.process().toHandle());
    }

    /** @param kind {@code netty} or {@code reactor} */
    public static ControlProcess start(String kind, List<String> flags) {
        int port = NodePorts.free().http();
        ForkedJvm forked = ForkedJvm.start(
                Path.of("target", "bench", "control-" + kind + ".log"),
                flags,
                ControlServer.class.getName(),
                kind,
                String.valueOf(port));
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        await(forked, address);
        return new ControlProcess(forked, address);
    }

    private static void await(ForkedJvm forked, InetSocketAddress address) {
        long deadline = System.nanoTime() + THERE_WITHIN.toNanos();
        while (!answers(address)) {
            if (!forked.process().isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the control does not start: " + forked.output());
            }
            Pause.of(LOOK_EVERY);
        }
    }

    private static boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    public Jvm jvm() {
        return jvm;
    }

    /** From now on frames are as long as this, with their header. */
    public void frame(int length) {
        commands.println("frame " + length);
    }

    /** Writes to everybody, so many frames in one write. */
    public void burst(int frames) {
        commands.println("burst " + frames);
    }

    @Override
    public void close() {
        jvm.close();
        forked.close();
    }
}
