package io.parley.app.worker;

import io.parley.app.gateway.Closing;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Stops the node in the order in which nobody is hurt. Spring Boot has said that it is not ready; here load balancers
 * get time to notice, then all streams end. Spring Boot closes the ports once the last request is answered.
 */
@Component
final class Drain implements SmartLifecycle {
    /** For close frames to leave; new requests are still answered meanwhile. */
    private static final Duration FAREWELL = Duration.ofMillis(300);

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final Closing closing;
    private final Duration notice;
    private volatile boolean running;

    Drain(Closing closing, DrainProperties properties) {
        this.closing = closing;
        this.notice = properties.notice();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        log.info("draining: streams end in {}", notice);
        Mono.delay(notice)
                .doOnNext(tick -> closing.begin())
                .then(closing.told())
                .then(Mono.delay(FAREWELL))
                .doFinally(signal -> stopped(stopped))
                .subscribe();
    }

    private void stopped(Runnable stopped) {
        running = false;
        stopped.run();
    }

    @Override
    public void stop() {
        closing.begin();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Phases.DRAIN;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }
}
