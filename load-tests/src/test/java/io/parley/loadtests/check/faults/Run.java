package io.parley.loadtests.check.faults;

import io.parley.loadtests.check.checker.Checker;
import io.parley.loadtests.check.checker.Violation;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.History;
import io.parley.loadtests.check.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** One run: a workload, faults one after the other, quiet, a last look at everything, and what the checker says of it. */
public final class Run {
    private static final Path FOLDER = Path.of("target", "histories");
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Cluster cluster;
    private final String name;
    private final long seed;
    private final Settling settling;

    /**
     * How long what was begun may take to end.
     *
     * @param strict whether who is not there then is printed; the last look is at whatever there is
     */
    public record Settling(Duration within, boolean strict) {}

    public Run(Cluster cluster, String name, long seed, Settling settling) {
        this.cluster = cluster;
        this.name = name;
        this.seed = seed;
        this.settling = settling;
    }

    /** What happens while everybody talks. */
    public interface Course {
        void run(History history, Random random);
    }

    /** Value: everything that was wrong; the history is kept if something was. */
    public Report of(Workload.Size size, Course course) {
        new StoreLook(cluster.settings()).requireDurable();
        Path file = FOLDER.resolve(name + "-" + seed + ".ndjson");
        try (History history = new History(file)) {
            history.add(at -> new Event.Begun(
                    at,
                    seed,
                    cluster.doors().stream().map(door -> door.node()).toList(),
                    Map.of("run", name, "size", size.toString())));
            talk(history, size, course);
        }
        List<Event> events = History.read(file);
        List<Violation> violations = Checker.check(events);
        Report report = Report.of(name, seed, events, violations);
        write(file, report);
        return report;
    }

    private void talk(History history, Workload.Size size, Course course) {
        try (Workload workload = new Workload(history, cluster.doors(), seed, size)) {
            workload.start();
            course.run(history, new Random(seed));
            cluster.heal();
            workload.stop();
            settle(history, workload);
            look(history, workload);
            // What ends now, ends because the run does.
            history.close();
        }
    }

    private void settle(History history, Workload workload) {
        StoreLook store = new StoreLook(cluster.settings());
        List<UUID> talks = workload.conversations();
        await(workload::isQuiet);
        boolean settled =
                await(() -> store.outbox() == 0 && workload.isCaughtUp(store.heads(talks), store.members(talks)));
        if (!settled && settling.strict()) {
            workload.laggards(store.heads(talks), store.members(talks)).forEach(System.out::println);
        }
    }

    private boolean await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + settling.within().toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Fault.pass(LOOK_EVERY);
        }
        return true;
    }

    private void look(History history, Workload workload) {
        List<UUID> talks = workload.conversations();
        workload.readAll();
        StoreLook store = new StoreLook(cluster.settings());
        history.add(at -> new Event.StoreRead(at, store.outbox(), store.logs(talks)));
        WireLook wire = new WireLook(cluster.settings());
        history.add(at -> new Event.WireRead(
                at, wire.records(talks.stream().map(UUID::toString).collect(Collectors.toSet()))));
    }

    /** Does one fault, and writes down when it began and was over. */
    public void inflict(History history, Fault fault, Random random, Duration length) {
        String kind = fault == Fault.WIPE_KAFKA ? "wipe" : fault.name().toLowerCase(Locale.ROOT);
        history.add(at -> new Event.Faulted(at, kind, "", false));
        String target = fault.on(cluster, random, length);
        history.add(at -> new Event.Faulted(at, kind, target, true));
    }

    private static void write(Path file, Report report) {
        try {
            Files.writeString(Path.of(file.toString().replace(".ndjson", ".md")), report.toString());
            if (report.violations().isEmpty() && !Boolean.getBoolean("parley.check.keep")) {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
