package io.parley.embedded;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what a crash left running, so that the next start finds ports and data free. Strangers are left alone. */
final class Reaper {
    private static final Logger log = LoggerFactory.getLogger(Reaper.class);

    /** A keeper that is told to end stops its servers first. */
    private static final Duration KEEPER_ENDS_WITHIN = Duration.ofSeconds(30);

    private static final Duration SERVER_ENDS_WITHIN = Duration.ofSeconds(10);

    private Reaper() {}

    static void reap(Folder folder) {
        PidFile.read(folder.keeperPid())
                .flatMap(PidFile::process)
                .ifPresent(keeper -> stop("keeper", keeper, "TERM", KEEPER_ENDS_WITHIN));
        for (EmbeddedServer server : EmbeddedServer.values()) {
            PidFile.read(folder.pid(server))
                    .flatMap(PidFile::process)
                    .ifPresent(process -> stop(server.label(), process, server.stopSignal(), SERVER_ENDS_WITHIN));
        }
        killNameless(folder);
        forget(folder);
    }

    /** Processes between their start and their pid file, and PostgreSQL's children whose parent was killed. */
    private static void killNameless(Folder folder) {
        List<ProcessHandle> nameless = Processes.of(folder);
        if (!nameless.isEmpty()) {
            log.info("Killing {} leftover processes of the embedded servers in {}", nameless.size(), folder.root());
            Processes.kill(nameless);
        }
    }

    private static void forget(Folder folder) {
        PrivateFile.delete(folder.servers());
        PrivateFile.delete(folder.failure());
        Folder.delete(folder.run());
        Folder.make(folder.run());
        Folder.make(folder.tmp());
        // Its process is gone, or it names a stranger, for whose sake PostgreSQL would refuse to start.
        PrivateFile.delete(folder.data(EmbeddedServer.POSTGRES).resolve("postmaster.pid"));
    }

    private static void stop(String name, ProcessHandle process, String signal, Duration within) {
        log.info("Stopping {} (process {}), left behind by a crash", name, process.pid());
        Processes.stop(process, signal, within);
    }
}
