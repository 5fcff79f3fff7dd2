package io.parley.loadtests.bench;

import io.parley.loadtests.ForkedJvm;
import io.parley.loadtests.ServerNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link Benchmarks} in a JVM without what tests are run with: no agents, all compilers. */
final class BenchmarkProcess {
    static final Path OUTPUT = Path.of("target", "bench", "output.log");

    private BenchmarkProcess() {}

    /** With all {@code parley.*} properties of this JVM, and these. */
    static ForkedJvm start(String... properties) {
        List<String> flags = new ArrayList<>(List.of("-Xmx1g"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("parley."))
                .forEach(name -> flags.add("-D" + name + "=" + System.getProperty(name)));
        flags.add("-Dparley.server.unpacked=" + ServerNode.jar());
        for (String property : properties) {
            flags.add("-D" + property);
        }
        return ForkedJvm.start(OUTPUT, flags, Benchmarks.class.getName());
    }
}
