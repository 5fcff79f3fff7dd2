package io.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease on running servers, and how one comes by it: from the keeper that is there, or from a new one. */
record Attachment(Folder folder, Running running, Lease lease, boolean startedHere) {
    private static final Logger log = LoggerFactory.getLogger(Attachment.class);
    private static final Duration START_WITHIN = Duration.ofSeconds(150);
    private static final Duration LOCKED_WITHIN = START_WITHIN.plusSeconds(60);
    private static final Duration HOLD_WITHIN = Duration.ofSeconds(10);

    static Attachment to(Folder folder, Options options) {
        return StartLock.holding(folder, LOCKED_WITHIN, () -> {
            Attachment attachment = running(folder).orElseGet(() -> start(folder, options));
            attachment.honour(options);
            return attachment;
        });
    }

    private void honour(Options options) {
        if (options.build()) {
            hold();
        } else if (options.wipe() && !startedHere) {
            lease.close();
            throw new EmbeddedServersException("The data in " + folder.root() + " was to be wiped, but other"
                    + " processes use the servers there: end those first, or start without the wipe setting");
        }
    }

    /** Attaches to a keeper that runs or is about to; one that is ending is waited out. */
    private static Optional<Attachment> running(Folder folder) {
        return PidFile.read(folder.keeperPid())
                .flatMap(PidFile::process)
                .flatMap(keeper -> lease(folder, keeper))
                .map(leased -> new Attachment(folder, leased.running(), leased.lease(), false));
    }

    private static Attachment start(Folder folder, Options options) {
        Reaper.reap(folder);
        if (options.startsFresh()) {
            folder.wipe();
        }
        ProcessHandle keeper = KeeperProcess.launch(folder);
        return lease(folder, keeper)
                .map(leased -> new Attachment(folder, leased.running(), leased.lease(), true))
                .orElseThrow(() -> notStarted(folder, keeper));
    }

    private record Leased(Running running, Lease lease) {}

    /** Tries for as long as the keeper lives; it takes users only once all its servers answer. */
    private static Optional<Leased> lease(Folder folder, ProcessHandle keeper) {
        return Wait.forValue(START_WITHIN, () -> {
                    boolean alive = Processes.isAlive(keeper);
                    Optional<Leased> leased = attempt(folder, keeper);
                    return leased.isPresent() || !alive ? Optional.of(leased) : Optional.empty();
                })
                .flatMap(leased -> leased);
    }

    private static Optional<Leased> attempt(Folder folder, ProcessHandle keeper) {
        return Running.read(folder)
                .filter(running -> running.keeper().pid() == keeper.pid())
                .flatMap(running -> Lease.from(running).map(lease -> new Leased(running, lease)));
    }

    private static EmbeddedServersException notStarted(Folder folder, ProcessHandle keeper) {
        try {
            Processes.stop(keeper, "TERM", Duration.ofSeconds(30));
            if (Files.exists(folder.failure())) {
                return new EmbeddedServersException(Files.readString(folder.failure()));
            }
        } catch (IOException unreadable) {
            log.debug("The keeper's message is lost", unreadable);
        }
        return new EmbeddedServersException(
                "The embedded servers in " + folder.root() + " did not start. " + LogTail.of(folder.keeperLog()));
    }

    private void hold() {
        BuildProcess.above(ProcessHandle.current())
                .ifPresent(build -> lease.ask(Protocol.HOLD + " " + build.pid(), HOLD_WITHIN));
    }
}
