package io.parley.app.worker;

import io.parley.domain.message.LogWriter;
import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Runs every pipeline from before the ports open until after they are closed, and starts it again when it ends. */
@Component
final class Workers implements SmartLifecycle {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private final List<? extends Pipeline> pipelines;
    private final Disposable.Swap running = Disposables.swap();

    Workers(List<Pipeline> pipelines, LogWriter writer) {
        this.pipelines =
                Stream.concat(pipelines.stream(), writer.pipelines().stream()).toList();
    }

    @Override
    public void start() {
        Disposable.Composite all = Disposables.composite();
        pipelines.forEach(pipeline -> all.add(endless(pipeline).subscribe()));
        running.update(all);
    }

    /** On a thread that may block: Kafka's clients do while they are built. */
    static Mono<Void> endless(Pipeline pipeline) {
        return Mono.defer(pipeline::run)
                .subscribeOn(Schedulers.boundedElastic())
                .then(Mono.<Void>error(() -> new IllegalStateException("ended")))
                .doOnError(error -> log.warn("{} stopped: {}", pipeline.name(), error.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true));
    }

    @Override
    public void stop() {
        running.update(Disposables.disposed());
    }

    @Override
    public boolean isRunning() {
        Disposable current = running.get();
        return current != null && !current.isDisposed();
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }
}
