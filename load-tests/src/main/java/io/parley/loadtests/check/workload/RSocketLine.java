package io.parley.loadtests.check.workload;

import io.parley.api.ClientFrame;
import io.parley.api.ServerFrame;
import io.parley.api.client.ParleyClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A live connection over RSocket, as a channel that demands as fast as it takes. */
final class RSocketLine implements LiveLine {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    private final Sinks.Many<ClientFrame> said = Sinks.many().unicast().onBackpressureBuffer();
    private final AtomicInteger owed = new AtomicInteger();
    private final Scheduler.Worker worker = Schedulers.boundedElastic().createWorker();
    private final ParleyClient client;
    private final Ear ear;
    private volatile boolean paused;

    /** Errors: {@code RuntimeException} if it cannot connect. */
    RSocketLine(Door door, String token, Listener listener) {
        client = Objects.requireNonNull(
                ParleyClient.connect(door.rsocket(), Mono.just(token)).block(CONNECT_WITHIN));
        ear = new Ear(listener);
    }

    /** With the first frame: it opens the channel. */
    @Override
    public synchronized void say(ClientFrame frame) {
        said.tryEmitNext(frame);
        if (frame instanceof ClientFrame.Hello) {
            client.live(said.asFlux()).subscribe(ear);
        }
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
        int more = pause ? 0 : owed.getAndSet(0);
        if (more > 0) {
            ear.request(more);
        }
    }

    @Override
    public void cut() {
        client.close();
        ear.cancel();
        worker.schedule(worker::dispose);
    }

    /** Event loops must not be blocked: what comes is handed to a thread that may be. */
    private final class Ear extends BaseSubscriber<ServerFrame> {
        private static final int AHEAD = 32;
        private final Listener listener;

        Ear(Listener listener) {
            this.listener = listener;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(AHEAD);
        }

        @Override
        protected void hookOnNext(ServerFrame frame) {
            worker.schedule(() -> {
                listener.hear(frame);
                if (paused) {
                    owed.incrementAndGet();
                    pause(paused);
                } else {
                    request(1);
                }
            });
        }

        @Override
        protected void hookOnError(Throwable error) {
            worker.schedule(() -> listener.ended(error.toString()));
        }

        @Override
        protected void hookOnComplete() {
            worker.schedule(() -> listener.ended("completed"));
        }
    }
}
