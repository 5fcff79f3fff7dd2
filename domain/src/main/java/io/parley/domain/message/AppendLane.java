package io.parley.domain.message;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.Announcer;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.message.MessageLog.BatchRefused;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.message.MessageOutcome.Refused;
import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;
import reactor.util.concurrent.Queues;
import reactor.util.retry.Retry;

/**
 * Writes the commands of some conversations, a batch at a time: while one transaction is in flight, what arrives waits
 * and goes together. There is no timer: an idle lane writes at once.
 */
final class AppendLane implements Pipeline {
    static final int QUEUE = 2_048;
    static final int BATCH = 256;
    static final int BATCH_OF_ONE_CONVERSATION = 64;

    /** How long an unknown outcome is asked for, before it is told as such. */
    static final Duration ASK_FOR = Duration.ofSeconds(5);

    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(50);
    private static final int ASK_TIMES = 8;

    /** Without a lock, since event loops offer to it; {@link #held} is what bounds it. */
    private final Queue<Waiting> waiting =
            Queues.<Waiting>unboundedMultiproducer().get();

    private final AtomicInteger held = new AtomicInteger();

    /** How many have come since the lane fell asleep; 0 while it sleeps. */
    private final AtomicInteger arrived = new AtomicInteger();

    private final Sinks.Many<Boolean> arrivals = Sinks.many().multicast().directBestEffort();
    private final int number;
    private final MessageLog log;
    private final Announcer announcer;

    /** Taken from the queue, and over the share of their conversation: first in the next batch. Of the run alone. */
    private List<Waiting> putBack = List.of();

    /** Those of the {@link #arrived} whose commands this round sees. Of the run alone. */
    private int seen;

    AppendLane(int number, MessageLog log, Announcer announcer) {
        this.number = number;
        this.log = log;
        this.announcer = announcer;
    }

    Mono<MessageChange> write(MessageCommand command) {
        return Mono.defer(() -> {
            Waiting item = new Waiting(command, Sinks.one());
            if (held.incrementAndGet() > QUEUE) {
                held.decrementAndGet();
                return Mono.error(new Unavailable(ErrorCode.STORE_BUSY, null));
            }
            waiting.add(item);
            wake();
            return item.answer().asMono();
        });
    }

    /** Only who finds the lane asleep wakes it; whoever comes while it is awake, is seen before it falls asleep. */
    private void wake() {
        if (arrived.getAndIncrement() > 0) {
            return;
        }
        EmitResult result;
        do {
            result = arrivals.tryEmitNext(Boolean.TRUE);
            // Who woke it before is on the way out of this very call, and done within nanoseconds.
        } while (result == EmitResult.FAIL_NON_SERIALIZED);
    }

    @Override
    public String name() {
        return "append lane " + number;
    }

    @Override
    public Mono<Void> run() {
        return arrivals.asFlux()
                // Listens first, and looks then: nothing falls between.
                .mergeWith(Mono.just(Boolean.TRUE))
                .onBackpressureLatest()
                .concatMap(arrival -> writeAll(), 0)
                .then();
    }

    private Mono<Void> writeAll() {
        return Mono.defer(() -> {
                    seen = arrived.get();
                    return writeNext();
                })
                .repeat(() -> !putBack.isEmpty() || !waiting.isEmpty() || arrived.addAndGet(-seen) > 0)
                .then();
    }

    private Mono<Void> writeNext() {
        List<Waiting> batch = next();
        return batch.isEmpty() ? Mono.empty() : append(batch).onErrorResume(error -> fail(batch, error));
    }

    /** In the order of arrival; of one conversation at most its share, so that a hot one does not starve the others. */
    private List<Waiting> next() {
        List<Waiting> batch = new ArrayList<>();
        List<Waiting> over = new ArrayList<>();
        Map<ConversationId, Integer> shares = new HashMap<>();
        for (Waiting item : putBack) {
            (takes(item, batch, shares) ? batch : over).add(item);
        }
        // What was put back is bounded by what was taken: the queue goes on filling meanwhile, and refuses.
        while (batch.size() < BATCH && over.size() < BATCH) {
            Waiting item = waiting.poll();
            if (item == null) {
                break;
            }
            held.decrementAndGet();
            (takes(item, batch, shares) ? batch : over).add(item);
        }
        putBack = over;
        return batch;
    }

    private static boolean takes(Waiting item, List<Waiting> batch, Map<ConversationId, Integer> shares) {
        return batch.size() < BATCH
                && shares.merge(item.command().conversation(), 1, Integer::sum) <= BATCH_OF_ONE_CONVERSATION;
    }

    private Mono<Void> append(List<Waiting> batch) {
        return asked(batch)
                .doOnNext(outcomes -> answer(batch, outcomes))
                .then()
                .onErrorResume(BatchRefused.class, refused -> oneByOne(batch));
    }

    /** Whether a batch was stored is unknown after a broken link: running it again tells, since repeats are recognised. */
    private Mono<List<MessageOutcome>> asked(List<Waiting> batch) {
        return log.append(batch.stream().map(Waiting::command).toList())
                .retryWhen(Retry.backoff(ASK_TIMES, ASK_AGAIN_AFTER)
                        .maxBackoff(Duration.ofSeconds(1))
                        .filter(Unavailable.class::isInstance)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                .timeout(ASK_FOR, Mono.error(() -> new Unavailable(ErrorCode.STORE_UNAVAILABLE, null)));
    }

    /** One item spoils a batch for all, or a lock is held for too long: each on its own, and once more if need be. */
    private Mono<Void> oneByOne(List<Waiting> batch) {
        return Flux.fromIterable(batch)
                .concatMap(item -> asked(List.of(item))
                        .retryWhen(Retry.max(1)
                                .filter(BatchRefused.class::isInstance)
                                .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                        .doOnNext(outcomes -> answer(List.of(item), outcomes))
                        .then()
                        .onErrorResume(error -> fail(List.of(item), error)))
                .then();
    }

    private void answer(List<Waiting> batch, List<MessageOutcome> outcomes) {
        announcer.announce(outcomes.stream()
                .filter(outcome -> outcome instanceof Done done && done.appended())
                .map(outcome -> ((Done) outcome).change())
                .toList());
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer(outcomes.get(i));
        }
    }

    private static Mono<Void> fail(List<Waiting> batch, Throwable error) {
        Throwable told = error instanceof BatchRefused ? new Unavailable(ErrorCode.STORE_UNAVAILABLE, error) : error;
        return Mono.fromRunnable(() -> batch.forEach(item -> item.answer().tryEmitError(told)));
    }

    /** A command and who waits for its answer. */
    private record Waiting(MessageCommand command, Sinks.One<MessageChange> answer) {
        void answer(MessageOutcome outcome) {
            if (outcome instanceof Done done) {
                answer.tryEmitValue(done.change());
            } else if (outcome instanceof Refused refused) {
                answer.tryEmitError(refused.error());
            }
        }
    }
}
