package io.parley.infra.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Opens all servers behind this one, side by side, before a port opens; tells everything that is wrong at once. */
final class Backends implements SmartLifecycle {
    /** Before the workers and the web server, whose phases are higher. */
    private static final int PHASE = 0;

    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(Backends.class);

    private final List<Backend> backends;
    private final Duration patience;
    private volatile boolean running;

    /** @param patience how long the start waits for one that is away */
    Backends(List<Backend> backends, Duration patience) {
        this.backends = backends;
        this.patience = patience;
    }

    @Override
    public void start() {
        List<Fault> faults = Flux.fromIterable(backends)
                .flatMap(this::open, backends.size())
                .collectList()
                // Without a limit: a migration takes as long as it takes.
                .blockOptional()
                .orElseThrow();
        if (!faults.isEmpty()) {
            throw failure(faults);
        }
        running = true;
    }

    private Flux<Fault> open(Backend backend) {
        long begin = System.nanoTime();
        return backend.open()
                // Below the retry: each attempt may block, not only the first.
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY_EVERY)
                        .filter(error -> isWorthWaiting(backend, error, begin))
                        .doBeforeRetry(
                                retry -> log.info("waiting for {}: {}", backend.name(), reason(retry.failure()))))
                .thenMany(Flux.<Fault>empty())
                .onErrorResume(StartupException.class, Backends::wrongSettings)
                .onErrorResume(error -> away(backend, error));
    }

    private boolean isWorthWaiting(Backend backend, Throwable error, long begin) {
        return backend.required()
                && !(error instanceof StartupException)
                && System.nanoTime() - begin < patience.toNanos();
    }

    private static Flux<Fault> wrongSettings(StartupException error) {
        return Flux.fromIterable(error.faults()).map(line -> new Fault(error.getExitCode(), line));
    }

    private static Flux<Fault> away(Backend backend, Throwable error) {
        String line = backend.name() + " does not answer: " + reason(error);
        if (backend.required()) {
            return Flux.just(new Fault(StartupException.UNAVAILABLE, line));
        }
        log.warn("{}; starting without it", line);
        return Flux.empty();
    }

    /** What the client says, and what is behind it. */
    private static String reason(Throwable error) {
        // as the JDK writes an address that it was not asked to look up
        String told = String.valueOf(error.getMessage()).replace("/<unresolved>", "");
        String cause =
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(error).getMessage());
        return told.contains(cause) ? told : told + " (" + cause + ")";
    }

    private static StartupException failure(List<Fault> faults) {
        List<String> lines = new ArrayList<>();
        faults.forEach(fault -> lines.add(fault.line()));
        boolean wrong = faults.stream().anyMatch(fault -> fault.exitCode() == StartupException.CONFIGURATION);
        return new StartupException(wrong ? StartupException.CONFIGURATION : StartupException.UNAVAILABLE, lines);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    private record Fault(int exitCode, String line) {}
}
