package io.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.live.ChangePublisher;
import io.parley.domain.live.EncodedChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PostMessageTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final ClientMessageId KEY = new ClientMessageId(new UUID(0, 99));
    private static final MessageBody HELLO = new MessageBody("hello");

    private final Log log = new Log();
    private final Outbox outbox = new Outbox();
    private final Permits permits = new Permits();
    private final AtomicLong ids = new AtomicLong();
    private final PostMessage postMessage = new PostMessage(
            log,
            permits,
            new PostMessage.Announcement(PostMessageTest::encoded, outbox),
            () -> new MessageId(new UUID(0, ids.incrementAndGet())),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aPostedMessageIsStoredAnsweredAndAnnounced() {
        Message expected =
                new Message(1, new MessageId(new UUID(0, 1)), KEY, HELLO, Instant.parse("2026-01-02T03:04:05.123456Z"));

        StepVerifier.create(postMessage.post("10.0.0.1", KEY, HELLO))
                .expectNext(expected)
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(log.stored).containsExactly(expected);
        assertThat(outbox.offered).containsExactly(1L);
        assertThat(permits.callers).containsExactly("10.0.0.1");
    }

    @Test
    void assemblingDoesNothing() {
        Mono<Message> posting = postMessage.post("10.0.0.1", KEY, HELLO);

        assertThat(posting).isNotNull();
        assertThat(permits.callers).isEmpty();
        assertThat(log.drafts).isEmpty();
        assertThat(ids).hasValue(0);
    }

    @Test
    void aRefusedCallerStoresAndAnnouncesNothing() {
        permits.left = 0;

        StepVerifier.create(postMessage.post("10.0.0.1", KEY, HELLO))
                .expectError(LimitExceeded.class)
                .verify(TIMEOUT);
        assertThat(log.drafts).isEmpty();
        assertThat(outbox.offered).isEmpty();
    }

    /** Announcing it again is harmless, and mends a post whose first announcement was lost. */
    @Test
    void aRepeatGivesTheFirstMessageAndAnnouncesItAgain() {
        Message first = postMessage.post("10.0.0.1", KEY, HELLO).block(TIMEOUT);

        StepVerifier.create(postMessage.post("10.0.0.2", KEY, HELLO))
                .expectNext(first)
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(log.stored).containsExactly(first);
        assertThat(outbox.offered).containsExactly(1L, 1L);
    }

    @Test
    void subscribingAgainIsANewDraftOfTheSameMessage() {
        Mono<Message> posting = postMessage.post("10.0.0.1", KEY, HELLO);
        Message first = posting.block(TIMEOUT);

        StepVerifier.create(posting).expectNext(first).expectComplete().verify(TIMEOUT);
        assertThat(log.drafts).extracting(Draft::id).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void aFullPublisherDoesNotFailThePost() {
        outbox.full = true;

        StepVerifier.create(postMessage.post("10.0.0.1", KEY, HELLO))
                .expectNextCount(1)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void whatIsNotStoredIsNotAnnounced() {
        log.away = true;

        StepVerifier.create(postMessage.post("10.0.0.1", KEY, HELLO))
                .expectError(Unavailable.class)
                .verify(TIMEOUT);
        assertThat(outbox.offered).isEmpty();
    }

    private static EncodedChange encoded(Message message) {
        return new EncodedChange("lobby", message.offset(), new byte[0]);
    }

    private static final class Log implements MessageRepository {
        final List<Draft> drafts = new ArrayList<>();
        final List<Message> stored = new ArrayList<>();
        boolean away;

        @Override
        public Mono<Message> append(Draft draft) {
            return away
                    ? Mono.error(() -> new Unavailable(ErrorCode.STORE_UNAVAILABLE, null))
                    : Mono.fromSupplier(() -> firstOf(draft));
        }

        private Message firstOf(Draft draft) {
            drafts.add(draft);
            return stored.stream()
                    .filter(message -> message.clientMessageId().equals(draft.clientMessageId()))
                    .findFirst()
                    .orElseGet(() -> store(draft));
        }

        private Message store(Draft draft) {
            Message message = new Message(
                    stored.size() + 1L, draft.id(), draft.clientMessageId(), draft.body(), draft.postedAt());
            stored.add(message);
            return message;
        }

        @Override
        public Flux<Message> history(HistoryPage page) {
            return Flux.fromIterable(stored)
                    .filter(message -> message.offset() < page.before())
                    .sort(Comparator.comparingLong(Message::offset).reversed())
                    .take(page.limit());
        }

        @Override
        public Mono<Message> find(MessageId id) {
            return Flux.fromIterable(stored)
                    .filter(message -> message.id().equals(id))
                    .next()
                    .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.MESSAGE_UNKNOWN)));
        }
    }

    private static final class Permits implements RateLimiter {
        final List<String> callers = new ArrayList<>();
        int left = 10;

        @Override
        public Mono<Void> acquire(RateLimit limit, String caller) {
            return Mono.fromRunnable(() -> take(caller));
        }

        private void take(String caller) {
            callers.add(caller);
            if (left-- == 0) {
                throw new LimitExceeded(ErrorCode.RATE_EXCEEDED, Duration.ofMillis(100));
            }
        }
    }

    private static final class Outbox implements ChangePublisher {
        final List<Long> offered = new ArrayList<>();
        boolean full;

        @Override
        public boolean offer(EncodedChange change) {
            offered.add(change.offset());
            return !full;
        }
    }
}
