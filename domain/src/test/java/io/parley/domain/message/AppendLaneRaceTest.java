package io.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.Announcer;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.RecentWriter;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Many threads that find the lane asleep, awake, and about to fall asleep. */
class AppendLaneRaceTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int WRITERS = 4;
    private static final int EACH = 20_000;

    private final Scheduler writing = Schedulers.newParallel("writers", WRITERS);
    private final Scheduler store = Schedulers.newSingle("store");
    private final AppendLane lane =
            new AppendLane(0, batch -> Mono.just(HeldLog.stored(batch)).publishOn(store), announcer());
    private final Disposable running = lane.run().subscribe();

    @AfterEach
    void stop() {
        running.dispose();
        writing.dispose();
        store.dispose();
    }

    @Test
    void nobodyIsLeftWaiting() {
        Long answered = Flux.range(0, WRITERS)
                .flatMap(
                        writer -> Flux.range(0, EACH)
                                .concatMap(number -> lane.write(send()))
                                .subscribeOn(writing),
                        WRITERS)
                .count()
                .block(TIMEOUT);

        assertThat(answered).isEqualTo(WRITERS * EACH);
    }

    private static Send send() {
        return new Send(
                new ConversationId(id()),
                new UserId(id()),
                new MessageId(id()),
                new ClientMessageId(id()),
                new MessageBody("text"),
                Instant.EPOCH);
    }

    /** Of no account, and without asking the system for random numbers. */
    private static UUID id() {
        return new UUID(
                ThreadLocalRandom.current().nextLong(),
                ThreadLocalRandom.current().nextLong());
    }

    /** It is not run: what it is told stays with it. */
    private static Announcer announcer() {
        return new Announcer(
                change -> new EncodedChange(new UUID(0, 0), change.entry(), 1, new byte[0]),
                changes -> changes,
                null,
                new Announcer.Kept(new RecentWriter(null), null));
    }
}
