package io.parley.domain.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.log.Announced;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.message.MessageBody;
import io.parley.domain.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What people keep for themselves is counted, stored and announced. */
class PrivateUseCasesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final UserId ME = new UserId(new UUID(0, 1));
    private static final ConversationId HERE = new ConversationId(new UUID(0, 2));
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.123456789Z");
    private static final PreferencesPatch DARK = new PreferencesPatch(Map.of("theme", "dark"));
    private static final PersonalPatch QUIET = new PersonalPatch(Notify.NOTHING, null, null);

    private final LogEntry entry = new LogEntry(LogId.of(ME), 3, ItemKind.DRAFT, HERE.value(), Reason.UPDATED);
    private final List<String> writes = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final Announced announced = new Announced();
    private final RateLimiter open =
            (limit, caller) -> Mono.fromRunnable(() -> counted.add(limit.name() + " " + caller));

    @Test
    void eachWriteIsCountedStoredAndAnnounced() {
        PrivateWrites all = new PrivateWrites(new State(List.of(entry)), open, announced.announcer());

        StepVerifier.create(new ChangePreferences(all).change(ME, DARK))
                .expectNext(new Preferences(Map.of("theme", "dark")))
                .expectComplete()
                .verify(TIMEOUT);
        StepVerifier.create(draft(all, new MessageBody("so far")))
                .expectComplete()
                .verify(TIMEOUT);
        StepVerifier.create(new ChangePersonal(all).change(ME, HERE, QUIET))
                .expectNext(new Personal(HERE, Notify.NOTHING, null, false))
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(writes)
                .containsExactly(
                        "prefer {theme=dark}", "draft so far 2030-01-01T00:00:00.123456Z", "change " + QUIET.level());
        assertThat(counted).hasSize(3).containsOnly("private " + ME.value());
        assertThat(announced.entries).containsExactly(entry, entry, entry);
    }

    @Test
    void whatChangesNothingIsNotAnnounced() {
        PrivateWrites all = new PrivateWrites(new State(List.of()), open, announced.announcer());

        StepVerifier.create(draft(all, null)).expectComplete().verify(TIMEOUT);

        assertThat(writes).hasSize(1);
        assertThat(announced.entries).isEmpty();
    }

    @Test
    void whoWritesTooOftenStoresNothing() {
        LimitExceeded refusal = new LimitExceeded(ErrorCode.RATE_EXCEEDED, Duration.ofMillis(200));
        PrivateWrites all =
                new PrivateWrites(new State(List.of()), (limit, caller) -> Mono.error(refusal), announced.announcer());

        for (Mono<?> refused : List.of(
                new ChangePreferences(all).change(ME, DARK),
                draft(all, null),
                new ChangePersonal(all).change(ME, HERE, QUIET))) {
            StepVerifier.create(refused)
                    .expectErrorSatisfies(error -> assertThat(error).isSameAs(refusal))
                    .verify(TIMEOUT);
        }
        assertThat(writes).isEmpty();
    }

    @Test
    void sixtyAtOnceAndFiveASecond() {
        assertThat(PrivateWrites.LIMIT).isEqualTo(new RateLimit("private", 60, Duration.ofMillis(200)));
    }

    private static Mono<Void> draft(PrivateWrites all, MessageBody text) {
        return new SaveDraft(all, Clock.fixed(NOW, ZoneOffset.UTC)).save(ME, HERE, text);
    }

    private final class State implements PrivateState {
        private final List<LogEntry> entries;

        State(List<LogEntry> entries) {
            this.entries = entries;
        }

        private Mono<List<LogEntry>> note(String write) {
            writes.add(write);
            return Mono.just(entries);
        }

        @Override
        public Mono<List<LogEntry>> prefer(UserId user, PreferencesPatch patch) {
            return note("prefer " + patch.values());
        }

        @Override
        public Mono<List<LogEntry>> draft(UserId user, ConversationId conversation, MessageBody text, Instant now) {
            return note("draft " + (text == null ? "" : text.text()) + " " + now);
        }

        @Override
        public Mono<List<LogEntry>> change(UserId user, ConversationId conversation, PersonalPatch patch) {
            return note("change " + patch.level());
        }

        @Override
        public Mono<Preferences> preferences(UserId user) {
            return Mono.just(new Preferences(DARK.values()));
        }

        @Override
        public Mono<Personal> personal(UserId user, ConversationId conversation) {
            return Mono.just(new Personal(conversation, Notify.NOTHING, null, false));
        }
    }
}
