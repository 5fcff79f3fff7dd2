package io.parley.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The build that a forked test JVM belongs to. */
final class BuildProcess {

    private BuildProcess() {}

    /** The nearest JVM above the process: Maven above a fork, although a shell may stand between the two. */
    static Optional<ProcessHandle> above(ProcessHandle process) {
        return Stream.iterate(process.parent(), Optional::isPresent, above -> above.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream)
                .filter(BuildProcess::isJava)
                .findFirst();
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).endsWith("java"))
                .orElse(false);
    }
}
