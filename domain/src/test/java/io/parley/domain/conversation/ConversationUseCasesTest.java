package io.parley.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.CreateConversation.Wish;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.log.Announced;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ConversationUseCasesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ConversationId ID = new ConversationId(new UUID(0, 1));
    private static final UserId ACTOR = user(2);
    private static final UserId OTHER = user(3);
    private static final Title TITLE = new Title("Lunch");
    private static final UUID KEY = new UUID(0, 4);
    private static final Instant NOW = Instant.parse("2024-02-29T23:59:59.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOW.plusNanos(789), ZoneOffset.UTC);
    private static final LogEntry ENTRY =
            new LogEntry(LogId.of(ID), 7, ItemKind.CONVERSATION, ID.value(), Reason.CREATED);
    private static final RateLimiter OPEN = (limit, caller) -> Mono.empty();

    private final Announced announced = new Announced();
    private final Recorded recorded = new Recorded(List.of(ENTRY));

    private record Verb(Function<ConversationWrites, Mono<?>> call, List<Object> asked) {}

    private static Stream<Verb> verbs() {
        return Stream.of(
                new Verb(
                        writes -> new OpenDirectConversation(writes).open(ACTOR, OTHER),
                        List.of("openDirect", ACTOR, OTHER, NOW)),
                new Verb(
                        writes -> new RenameConversation(writes).rename(ACTOR, ID, TITLE),
                        List.of("rename", ID, ACTOR, TITLE)),
                new Verb(writes -> new JoinChannel(writes).join(ACTOR, ID), List.of("join", ID, ACTOR, NOW)),
                new Verb(
                        writes -> new LeaveConversation(writes).leave(ACTOR, ID),
                        List.of("remove", ID, ACTOR, ACTOR, NOW)),
                new Verb(writes -> new AddMember(writes).add(ACTOR, ID, OTHER), List.of("add", ID, ACTOR, OTHER, NOW)),
                new Verb(
                        writes -> new RemoveMember(writes).remove(ACTOR, ID, OTHER),
                        List.of("remove", ID, ACTOR, OTHER, NOW)),
                new Verb(
                        writes -> new ChangeRole(writes).change(ACTOR, ID, OTHER, Role.ADMIN),
                        List.of("setRole", ID, ACTOR, OTHER, Role.ADMIN)));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void whatIsWrittenIsAnnounced(Verb verb) {
        StepVerifier.create(verb.call().apply(writes(OPEN)).then())
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(recorded.calls).containsExactly(verb.asked());
        assertThat(announced.entries).containsExactly(ENTRY);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void nothingIsWrittenBeforeSubscription(Verb verb) {
        assertThat(verb.call().apply(writes(OPEN))).isNotNull();

        assertThat(recorded.calls).isEmpty();
    }

    @ParameterizedTest
    @Tag("write-1")
    @MethodSource("verbs")
    void whoAsksTooOftenWritesNothing(Verb verb) {
        LimitExceeded refusal = new LimitExceeded(ErrorCode.RATE_EXCEEDED, Duration.ofSeconds(2));

        StepVerifier.create(verb.call().apply(writes((limit, caller) -> Mono.error(refusal))))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(refusal))
                .verify(TIMEOUT);

        assertThat(recorded.calls).isEmpty();
    }

    @Test
    void whatChangedNothingIsNotAnnounced() {
        ConversationWrites writes = new ConversationWrites(new Recorded(List.of()), OPEN, announced.announcer(), CLOCK);

        StepVerifier.create(new OpenDirectConversation(writes).open(ACTOR, OTHER))
                .assertNext(written -> assertThat(written.entries()).isEmpty())
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(announced.entries).isEmpty();
    }

    @Test
    void aGroupBeginsWithEachMemberOnceAndItsCreatorNotAmongThem() {
        Wish wish = new Wish(KEY, ConversationKind.GROUP, TITLE, History.JOINED, List.of(OTHER, ACTOR, OTHER, user(9)));

        StepVerifier.create(create(wish)).expectNextCount(1).expectComplete().verify(TIMEOUT);

        assertThat(recorded.calls)
                .containsExactly(List.of(
                        "create",
                        new NewConversation(
                                ID,
                                ACTOR,
                                KEY,
                                ConversationKind.GROUP,
                                TITLE,
                                History.JOINED,
                                List.of(OTHER, user(9)),
                                NOW)));
    }

    @Test
    void aDirectConversationIsNotCreatedButOpened() {
        refused(new Wish(KEY, ConversationKind.DIRECT, TITLE, History.ALL, List.of()), ErrorCode.CONVERSATION_KIND);
    }

    @Test
    void aGroupBeginsWithNinetyNineOthersAtMost() {
        List<UserId> most = LongStream.range(100, 199)
                .mapToObj(ConversationUseCasesTest::user)
                .toList();
        StepVerifier.create(create(new Wish(KEY, ConversationKind.GROUP, TITLE, History.ALL, most)))
                .expectNextCount(1)
                .expectComplete()
                .verify(TIMEOUT);

        List<UserId> more = Stream.concat(most.stream(), Stream.of(OTHER)).toList();
        refused(new Wish(KEY, ConversationKind.GROUP, TITLE, History.ALL, more), ErrorCode.MEMBERS_TOO_MANY);
    }

    private void refused(Wish wish, ErrorCode code) {
        StepVerifier.create(create(wish))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(InvalidInput.class, refusal -> assertThat(refusal.code())
                                .isEqualTo(code)))
                .verify(TIMEOUT);
    }

    private Mono<Written<ConversationId>> create(Wish wish) {
        return new CreateConversation(writes(OPEN), () -> ID).create(ACTOR, wish);
    }

    private ConversationWrites writes(RateLimiter limiter) {
        return new ConversationWrites(recorded, limiter, announced.announcer(), CLOCK);
    }

    private static UserId user(long number) {
        return new UserId(new UUID(0, number));
    }
}
