package io.parley.embedded;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One server in the keeper's hands: how to start it, how to tell that it answers, how to end it. */
abstract class Part {
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);

    private final EmbeddedServer server;
    private final Folder folder;
    private Duration took = Duration.ZERO;

    Part(EmbeddedServer server, Folder folder) {
        this.server = server;
        this.folder = folder;
    }

    /** Starts the process and returns at once, or when the server answers. */
    protected abstract ProcessHandle launch() throws IOException;

    /** Whether a client would get an answer; an exception means "not yet". */
    protected abstract boolean answers() throws IOException;

    /** Name and version. */
    protected abstract String title();

    protected abstract String address();

    /** Called when the process has ended, whatever ended it. */
    protected void ended() {}

    final EmbeddedServer server() {
        return server;
    }

    final Folder folder() {
        return folder;
    }

    final Running.Started started() {
        return new Running.Started(title(), took, address());
    }

    final synchronized void start() {
        if (process().isPresent()) {
            return;
        }
        long begin = System.nanoTime();
        try {
            ProcessHandle process = launch();
            PidFile.of(process).write(folder.pid(server));
            awaitAnswer(process);
        } catch (IOException | RuntimeException error) {
            throw failure(error.getMessage() == null ? error.toString() : error.getMessage(), error);
        }
        took = Duration.ofNanos(System.nanoTime() - begin);
    }

    final synchronized void stop() {
        process().ifPresent(process -> Processes.stop(process, server.stopSignal(), STOPS_WITHIN));
        forget();
    }

    final synchronized void kill() {
        process().ifPresent(process -> Processes.kill(Processes.family(process)));
        forget();
    }

    /** Forgets the data of a server that does not run. */
    final synchronized void wipe() {
        if (process().isPresent()) {
            throw new EmbeddedServersException(server.label() + " runs: stop it before its data goes");
        }
        Folder.delete(folder.data(server));
    }

    /** Starts a command whose output goes to this part's log, without standard input. */
    protected final ProcessHandle run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.run().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.log(server).toFile()));
        JavaProcess.prepare(builder.environment());
        return builder.start().toHandle();
    }

    private Optional<ProcessHandle> process() {
        return PidFile.read(folder.pid(server)).flatMap(PidFile::process);
    }

    private void awaitAnswer(ProcessHandle process) {
        boolean inTime = Wait.until(ANSWERS_WITHIN, () -> {
            if (!Processes.isAlive(process)) {
                throw new IllegalStateException("it ended while starting");
            }
            return answersNow();
        });
        if (!inTime) {
            throw new IllegalStateException("it runs but has not answered for " + ANSWERS_WITHIN.toSeconds() + " s");
        }
    }

    private boolean answersNow() {
        try {
            return answers();
        } catch (IOException notYet) {
            return false;
        }
    }

    private void forget() {
        ended();
        PrivateFile.delete(folder.pid(server));
    }

    private EmbeddedServersException failure(String what, Exception cause) {
        return new EmbeddedServersException(
                server.label() + " did not start: " + what + ". " + LogTail.of(folder.log(server)), cause);
    }
}
