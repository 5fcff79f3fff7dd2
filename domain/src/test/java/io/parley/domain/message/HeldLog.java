package io.parley.domain.message;

import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageOutcome.Done;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A store that answers when a test says so, or as a test has said before. */
final class HeldLog implements MessageLog {
    final List<List<MessageCommand>> batches = new ArrayList<>();
    private final Queue<Function<List<MessageCommand>, Mono<List<MessageOutcome>>>> answers = new ArrayDeque<>();
    private Sinks.One<List<MessageOutcome>> held = Sinks.one();
    private boolean holding;
    private Function<List<MessageCommand>, Mono<List<MessageOutcome>>> always;

    /** The next append is answered like this. */
    void next(Function<List<MessageCommand>, Mono<List<MessageOutcome>>> answer) {
        answers.add(answer);
    }

    /** All that come after those are answered like this. */
    void answerAll(Function<List<MessageCommand>, Mono<List<MessageOutcome>>> answer) {
        always = answer;
    }

    /** From now on appends wait for {@link #release}. */
    void hold() {
        holding = true;
    }

    /** The append that waits is done, and what comes waits again. */
    void release() {
        Sinks.One<List<MessageOutcome>> waiting = held;
        held = Sinks.one();
        waiting.tryEmitValue(stored(batches.get(batches.size() - 1)));
    }

    @Override
    public Mono<List<MessageOutcome>> append(List<MessageCommand> batch) {
        return Mono.defer(() -> {
            batches.add(batch);
            Function<List<MessageCommand>, Mono<List<MessageOutcome>>> answer = answers.poll();
            if (answer != null) {
                return answer.apply(batch);
            }
            if (always != null) {
                return always.apply(batch);
            }
            return holding ? held.asMono() : Mono.just(stored(batch));
        });
    }

    static List<MessageOutcome> stored(List<MessageCommand> batch) {
        return batch.stream().map(command -> done((Send) command, true)).toList();
    }

    static MessageOutcome done(Send send, boolean appended) {
        LogId log = LogId.of(send.conversation());
        LogEntry entry = new LogEntry(log, 1, ItemKind.MESSAGE, send.id().value(), Reason.CREATED);
        Message message = new Message(
                send.conversation(),
                1,
                send.id(),
                send.actor(),
                send.clientMessageId(),
                send.body(),
                send.at(),
                null,
                null);
        return new Done(new MessageChange(entry, message), appended);
    }
}
