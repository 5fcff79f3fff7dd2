package io.parley.loadtests;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Starts nodes two at a time: with more, each takes longer than clients and servers wait for each other. */
final class Starts implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);

    private final ExecutorService turns = Executors.newFixedThreadPool(2);
    private final List<ServerNode> nodes = new CopyOnWriteArrayList<>();

    /** Value: how the node ended. */
    CompletableFuture<Refusal> refusal(String name, Map<String, String> settings) {
        return start(name, settings, Refusal::of);
    }

    /** Value: the node, ready. */
    CompletableFuture<ServerNode> ready(String name, Map<String, String> settings) {
        return start(name, settings, node -> node.awaitReady(READY_WITHIN));
    }

    private <T> CompletableFuture<T> start(String name, Map<String, String> settings, Function<ServerNode, T> outcome) {
        return CompletableFuture.supplyAsync(
                () -> {
                    ServerNode node = Nodes.start(name, settings);
                    nodes.add(node);
                    return outcome.apply(node);
                },
                turns);
    }

    @Override
    public void close() {
        turns.shutdownNow();
        nodes.forEach(ServerNode::close);
    }
}
