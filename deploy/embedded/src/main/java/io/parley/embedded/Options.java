package io.parley.embedded;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How a user wants the servers.
 *
 * @param wipe forget the data before the start
 * @param build the servers belong to the build above this process: fresh data, and they live until the build ends
 */
record Options(boolean wipe, boolean build) {
    static final Options NONE = new Options(false, false);

    static Options of(Properties system, Map<String, String> environment) {
        boolean build = "build".equals(system.getProperty("parley.embedded.scope"));
        String wipe = system.getProperty("parley.embedded.wipe", environment.getOrDefault("PARLEY_EMBEDDED_WIPE", ""));
        return new Options(Boolean.parseBoolean(wipe), build);
    }

    static Optional<String> folder(Properties system, Map<String, String> environment) {
        return Optional.ofNullable(
                        system.getProperty("parley.embedded.folder", environment.get("PARLEY_EMBEDDED_FOLDER")))
                .filter(folder -> !folder.isBlank());
    }

    Options withoutWipe() {
        return new Options(false, build);
    }

    /** Whether the data goes before a start: a build begins fresh by itself. */
    boolean startsFresh() {
        return wipe || build;
    }
}
