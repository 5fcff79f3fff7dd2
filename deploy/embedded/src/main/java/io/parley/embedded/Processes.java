package io.parley.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the operating system says about processes, and signals to them. */
final class Processes {
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

    private static final int STATE = 0;
    private static final int THREADS = 17;

    private Processes() {}

    /** A zombie is dead: in a container whose first process never reaps, it stays listed for good. */
    static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    static boolean awaitGone(Collection<ProcessHandle> processes, Duration within) {
        return Wait.until(within, () -> processes.stream().noneMatch(Processes::isAlive));
    }

    /** The process and all that it started, itself first. */
    static List<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    static void kill(Collection<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        if (!awaitGone(processes, KILLED_WITHIN)) {
            throw new EmbeddedServersException("Processes survive SIGKILL: " + processes);
        }
    }

    /** Asks the process to end, and makes it if it does not in time. */
    static void stop(ProcessHandle process, String signal, Duration within) {
        List<ProcessHandle> family = family(process);
        send(process, signal);
        if (!awaitGone(family, within)) {
            kill(family);
        }
    }

    /** Processes that run an executable from the folder's {@code bin} or are JVMs of ours for this folder. */
    static List<ProcessHandle> of(Folder folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> belongsTo(folder, process.info()))
                .filter(Processes::isAlive)
                .toList();
    }

    private static boolean belongsTo(Folder folder, ProcessHandle.Info info) {
        boolean runsOurBinary = info.command()
                .map(command -> Path.of(command).startsWith(folder.bin()))
                .orElse(false);
        return runsOurBinary
                || info.arguments()
                        .map(arguments -> List.of(arguments).contains(JavaProcess.mark(folder)))
                        .orElse(false);
    }

    private static void send(ProcessHandle process, String signal) {
        if (signal.equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            Process shell = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            shell.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServersException("Interrupted while stopping a server", interrupted);
        }
    }

    /** While other threads are still dying the first one is a zombie already, but the ports are not free yet. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name is in brackets and may contain anything; state and number of threads come after it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[STATE].equals("Z") && Integer.parseInt(fields[THREADS]) <= 1;
        } catch (IOException noProcOrGone) {
            return false;
        }
    }
}
