package io.parley.domain.message;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.Announcer;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.message.MessageLog.BatchRefused;
import io.parley.domain.message.MessageLog.ConversationsLocked;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.message.MessageOutcome.Refused;
import io.parley.domain.pipeline.Inbox;
import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Writes the commands of some conversations, a batch at a time: while one transaction is in flight, what arrives waits
 * and goes together. There is no timer: an idle lane writes at once.
 */
public final class AppendLane implements Pipeline {
    static final int QUEUE = 2_048;
    static final int BATCH = 256;
    static final int BATCH_OF_ONE_CONVERSATION = 64;

    /** How long an unknown outcome is asked for, before it is told as such. */
    static final Duration ASK_FOR = Duration.ofSeconds(5);

    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(50);
    private static final int ASK_TIMES = 8;

    private final Inbox<Waiting> waiting = new Inbox<>(QUEUE);
    private final int number;
    private final MessageLog log;
    private final Announcer announcer;

    /** Taken from the queue, and over the share of their conversation: first in the next batch. Of the run alone. */
    private List<Waiting> putBack = List.of();

    /** Of conversations that somebody else had locked: written once more after the next batch. Of the run alone. */
    private List<Waiting> setAside = new ArrayList<>();

    AppendLane(int number, MessageLog log, Announcer announcer) {
        this.number = number;
        this.log = log;
        this.announcer = announcer;
    }

    /**
     * Value: the message's state after the command, once it is committed. Commands for one conversation take effect in
     * the order of subscription. Errors: those of {@link MessageLog#append}; {@code Unavailable} STORE_BUSY if more is
     * waiting than the lane holds, STORE_UNAVAILABLE if it stays unknown whether the command took effect: it may be
     * repeated.
     */
    public Mono<MessageChange> write(MessageCommand command) {
        return Mono.defer(() -> {
            Waiting item = new Waiting(command, Sinks.one());
            return waiting.offer(item) ? item.answer().asMono() : Mono.error(busy());
        });
    }

    @Override
    public String name() {
        return "append lane " + number;
    }

    @Override
    public Mono<Void> run() {
        return waiting.taken(this::next).concatMap(this::write, 0).then();
    }

    /** Those that were set aside come last: whoever has locked them holds up no others. */
    private Mono<Void> write(Round round) {
        return written(round.batch(), setAside::addAll).then(Mono.defer(() -> written(round.again(), this::refuseAll)));
    }

    /** In the order of arrival; of one conversation at most its share, so that a hot one does not starve the others. */
    private Optional<Round> next() {
        List<Waiting> again = setAside;
        setAside = new ArrayList<>();
        List<Waiting> batch = new ArrayList<>();
        List<Waiting> over = new ArrayList<>();
        Map<ConversationId, Integer> shares = new HashMap<>();
        // What comes after those that were set aside does not overtake them.
        again.forEach(item -> shares.put(item.command().conversation(), BATCH_OF_ONE_CONVERSATION));
        for (Waiting item : putBack) {
            (takes(item, batch, shares) ? batch : over).add(item);
        }
        // What was put back is bounded by what was taken: the queue goes on filling meanwhile, and refuses.
        while (batch.size() < BATCH && over.size() < BATCH) {
            Waiting item = waiting.poll();
            if (item == null) {
                break;
            }
            (takes(item, batch, shares) ? batch : over).add(item);
        }
        putBack = over;
        return batch.isEmpty() && again.isEmpty() ? Optional.empty() : Optional.of(new Round(batch, again));
    }

    private static boolean takes(Waiting item, List<Waiting> batch, Map<ConversationId, Integer> shares) {
        return batch.size() < BATCH
                && shares.merge(item.command().conversation(), 1, Integer::sum) <= BATCH_OF_ONE_CONVERSATION;
    }

    /** Completes when all are answered, but for those that are handed to {@code locked}. */
    private Mono<Void> written(List<Waiting> batch, Consumer<List<Waiting>> locked) {
        return batch.isEmpty()
                ? Mono.empty()
                : asked(batch)
                        .doOnNext(outcomes -> answer(batch, outcomes))
                        .then()
                        .onErrorResume(ConversationsLocked.class, error -> writtenWithout(error, batch, locked))
                        .onErrorResume(BatchRefused.class, error -> writtenInHalves(batch, error))
                        .onErrorResume(error -> fail(batch, error));
    }

    private Mono<Void> writtenWithout(ConversationsLocked error, List<Waiting> batch, Consumer<List<Waiting>> locked) {
        return Mono.<Void>fromRunnable(() -> locked.accept(of(batch, error::concerns)))
                .then(Mono.defer(() -> written(of(batch, id -> !error.concerns(id)), locked)));
    }

    private static List<Waiting> of(List<Waiting> items, Predicate<ConversationId> wanted) {
        return items.stream()
                .filter(item -> wanted.test(item.command().conversation()))
                .toList();
    }

    /** One item spoils a batch for all: it fails once it is alone. */
    private Mono<Void> writtenInHalves(List<Waiting> batch, BatchRefused error) {
        int half = batch.size() / 2;
        return half == 0
                ? fail(batch, error)
                : written(batch.subList(0, half), this::refuseAll)
                        .then(Mono.defer(() -> written(batch.subList(half, batch.size()), this::refuseAll)));
    }

    /** After one wait for all of them, also for those that came meanwhile. */
    private void refuseAll(List<Waiting> locked) {
        Set<ConversationId> conversations =
                locked.stream().map(item -> item.command().conversation()).collect(Collectors.toSet());
        Stream.concat(locked.stream(), of(putBack, conversations::contains).stream())
                .forEach(item -> item.answer().tryEmitError(busy()));
        putBack = of(putBack, id -> !conversations.contains(id));
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

    private static Unavailable busy() {
        return new Unavailable(ErrorCode.STORE_BUSY, null);
    }

    /** What is written together, and what is tried once more after it. */
    private record Round(List<Waiting> batch, List<Waiting> again) {}

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
