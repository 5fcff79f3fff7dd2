package io.parley.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Launches the keeper so that nothing which ends its launcher, Ctrl-C in a terminal included, ends it as well. */
final class KeeperProcess {
    // Unpacking PostgreSQL takes 64 MB for the dictionary alone, once.
    private static final List<String> FLAGS = List.of(
            "-Xms8m", "-Xmx128m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-XX:-ShrinkHeapInSteps");
    private static final String SETSID = "setsid";

    private KeeperProcess() {}

    static ProcessHandle launch(Folder folder) {
        return launch(folder, onPath(SETSID));
    }

    static ProcessHandle launch(Folder folder, boolean ownSession) {
        keepOldLogs(folder);
        List<String> flags = new ArrayList<>(FLAGS);
        // Where zonky unpacks PostgreSQL and looks for what it left behind; otherwise in the machine's /tmp.
        flags.add("-Dot.epg.working-dir=" + folder.bin());
        List<String> keeper =
                JavaProcess.command(folder, flags, Keeper.class, folder.root().toString());
        try {
            return ownSession ? inOwnSession(folder, keeper) : inOwnGroup(folder, keeper);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static ProcessHandle inOwnSession(Folder folder, List<String> keeper) throws IOException {
        List<String> command = new ArrayList<>(List.of(SETSID));
        command.addAll(keeper);
        File log = folder.keeperLog().toFile();
        return builder(folder, command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectErrorStream(true)
                .start()
                .toHandle();
    }

    /** Without setsid (macOS) a shell with job control gives the keeper a process group of its own. */
    private static ProcessHandle inOwnGroup(Folder folder, List<String> keeper) throws IOException {
        String script = "set -m; log=$1; shift; nohup \"$@\" </dev/null >>\"$log\" 2>&1 & echo $!";
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", script, "sh", folder.keeperLog().toString()));
        command.addAll(keeper);
        Process shell = builder(folder, command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return ProcessHandle.of(Long.parseLong(pid))
                .orElseThrow(() -> new EmbeddedServersException(
                        "The keeper of the embedded servers ended at once. " + LogTail.of(folder.keeperLog())));
    }

    private static ProcessBuilder builder(Folder folder, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.root().toFile()).redirectInput(new File("/dev/null"));
        JavaProcess.prepare(builder.environment());
        return builder;
    }

    private static boolean onPath(String command) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(path)
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    /** One generation back is kept: after a crash it is the interesting one. */
    private static void keepOldLogs(Folder folder) {
        try (Stream<Path> files = Files.list(folder.logs())) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.move(log, Path.of(log + ".old"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
