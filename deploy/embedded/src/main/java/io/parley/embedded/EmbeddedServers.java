package io.parley.embedded;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of one folder, leased by this process. They run on after it for whoever else leases them, and end when
 * the last lease does, however its process ends.
 */
public final class EmbeddedServers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedServers.class);
    private static final String DEFAULT_FOLDER = ".parley";
    private static final Duration COMMAND_WITHIN = Duration.ofMinutes(2);
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(1);

    private final Attachment attachment;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedServers(Attachment attachment) {
        this.attachment = attachment;
    }

    /**
     * Attaches to the servers that run in the folder, or starts them there, and returns when all answer.
     *
     * <p>With the system property {@code parley.embedded.scope=build} they start without data and also live as long as
     * the JVM above this one: the build that forked it.
     */
    public static EmbeddedServers attach(Path folder) {
        return attach(
                folder, Options.of(System.getProperties(), System.getenv()).withoutWipe());
    }

    /**
     * Attaches in the folder named by {@code parley.embedded.folder} or {@code PARLEY_EMBEDDED_FOLDER}, else in {@code
     * .parley} below the working directory. With {@code parley.embedded.wipe} or {@code PARLEY_EMBEDDED_WIPE} the servers
     * start without data; that is refused while others use them.
     */
    public static EmbeddedServers attach() {
        String folder = Options.folder(System.getProperties(), System.getenv()).orElse(DEFAULT_FOLDER);
        return attach(Path.of(folder), Options.of(System.getProperties(), System.getenv()));
    }

    static EmbeddedServers attach(Path path, Options options) {
        Platform.current();
        EmbeddedServers servers = new EmbeddedServers(Attachment.to(Folder.create(path), options));
        servers.announce();
        return servers;
    }

    /** Whether this call started the servers; false if they ran already. */
    public boolean startedHere() {
        return attachment.startedHere();
    }

    /** The {@code PARLEY_*} variables with which a Parley server uses these servers, without TLS. */
    public Map<String, String> settings() {
        return attachment.running().settings();
    }

    /** The same over TLS, with the authority that the servers' certificate comes from. */
    public Map<String, String> tlsSettings() {
        return attachment.running().tlsSettings();
    }

    /** How long each server took until it answered, as measured when the keeper started it. */
    public Map<EmbeddedServer, Duration> startTimes() {
        Map<EmbeddedServer, Duration> times = new EnumMap<>(EmbeddedServer.class);
        attachment.running().servers().forEach((server, started) -> times.put(server, started.took()));
        return times;
    }

    /** Stops one server cleanly; its ports stay its own. */
    public void stop(EmbeddedServer part) {
        command(Protocol.STOP, part);
    }

    /** Kills all processes of one server, as a crash would. */
    public void kill(EmbeddedServer part) {
        command(Protocol.KILL, part);
    }

    /** Starts one server again on its ports and returns when it answers; does nothing if it runs. */
    public void start(EmbeddedServer part) {
        command(Protocol.START, part);
    }

    /** Deletes the data of one server, as a lost disk would. Refused while it runs. */
    public void wipe(EmbeddedServer part) {
        command(Protocol.WIPE, part);
    }

    /** Gives up the lease; if it was the last one, returns when the servers are gone. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        String answer = leave();
        attachment.lease().close();
        if (!Protocol.STAYS.equals(answer)) {
            awaitEnd();
        }
    }

    private void command(String verb, EmbeddedServer part) {
        if (closed.get()) {
            throw new IllegalStateException("These servers were closed");
        }
        String answer = attachment.lease().ask(verb + " " + part.key(), COMMAND_WITHIN);
        if (answer == null) {
            throw new EmbeddedServersException("The keeper of the embedded servers is gone. "
                    + LogTail.of(attachment.folder().keeperLog()));
        }
        if (answer.startsWith(Protocol.ERROR)) {
            throw new EmbeddedServersException(Protocol.message(answer));
        }
    }

    private @Nullable String leave() {
        try {
            return attachment.lease().ask(Protocol.BYE, ENDS_WITHIN);
        } catch (UncheckedIOException keeperIsGone) {
            return null;
        }
    }

    private void awaitEnd() {
        List<ProcessHandle> keeper =
                attachment.running().keeper().process().stream().toList();
        if (!Processes.awaitGone(keeper, ENDS_WITHIN)) {
            throw new EmbeddedServersException("The embedded servers in "
                    + attachment.folder().root() + " do not end. "
                    + LogTail.of(attachment.folder().keeperLog()));
        }
    }

    private void announce() {
        if (!startedHere()) {
            log.info("Attached to the servers in {}", attachment.folder().root());
            return;
        }
        attachment.running().servers().forEach((server, started) -> {
            String seconds = String.format(Locale.ROOT, "%.1f", started.took().toMillis() / 1000.0);
            log.info("{} ready in {} s on {}", started.title(), seconds, started.address());
        });
    }
}
