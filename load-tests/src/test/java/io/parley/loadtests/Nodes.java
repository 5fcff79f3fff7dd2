package io.parley.loadtests;

import java.util.HashMap;
import java.util.Map;

/** How the tests start nodes: those that live for seconds are not worth a second compiler or collector. */
final class Nodes {
    private static final String[] FAST = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    private Nodes() {}

    static ServerNode start(String name, Map<String, String> settings) {
        return ServerNode.start(name, settings, FAST);
    }

    static ServerNode startExactly(String name, Map<String, String> settings) {
        return ServerNode.startExactly(name, settings, FAST);
    }

    /** The settings with some of them replaced. */
    static Map<String, String> with(Map<String, String> settings, String... pairs) {
        Map<String, String> changed = new HashMap<>(settings);
        for (int i = 0; i < pairs.length; i += 2) {
            changed.put(pairs[i], pairs[i + 1]);
        }
        return changed;
    }
}
