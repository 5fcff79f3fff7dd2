package io.parley.loadtests;

import java.util.HashMap;
import java.util.Map;

/** How the tests start nodes: those that live for seconds are not worth a second compiler or collector. */
final class Nodes {
    private static final String[] FAST = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    private Nodes() {}

    /** Tests register more people from one address than strangers may. */
    static ServerNode start(String name, Map<String, String> settings) {
        Map<String, String> all =
                new HashMap<>(Map.of("PARLEY_REGISTRATION_BURST", "100000", "PARLEY_SIGN_IN_BURST", "100000"));
        all.putAll(settings);
        return ServerNode.start(name, all, FAST);
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
