package io.parley.domain.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.Member;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.conversation.Role;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Who is told whether somebody is there, and who hears that somebody is typing. */
class AmongAcquaintancesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ConversationId ID = new ConversationId(new UUID(0, 1));
    private static final UserId ME = new UserId(new UUID(0, 2));
    private static final UserId FRIEND = new UserId(new UUID(0, 3));
    private static final UserId STRANGER = new UserId(new UUID(0, 4));

    private final Channel channel = new Channel();

    @Test
    @Tag("wire-watch")
    void presenceIsForOneselfAndForThoseWhoShareAConversation() {
        assertThat(presence(ME)).isEqualTo(Presence.ONLINE);
        assertThat(presence(FRIEND)).isEqualTo(Presence.ONLINE);
        assertThat(presence(STRANGER)).isEqualTo(Presence.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, Hint.MAX_MEMBERS})
    void typingIsHeardAmongFew(int members) {
        StepVerifier.create(typing(members).say(ME, ID)).expectComplete().verify(TIMEOUT);

        assertThat(channel.said).containsExactly(new Typing(ID, ME));
    }

    @Test
    void typingIsNotHeardAmongMany() {
        StepVerifier.create(typing(Hint.MAX_MEMBERS + 1).say(ME, ID))
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(channel.said).isEmpty();
    }

    @Test
    void whoeverKnowsThatTheyAreFewNeedNotAskTheStore() {
        Typing mine = new Typing(ID, ME);
        SayTyping amongMany = typing(Hint.MAX_MEMBERS + 1);

        StepVerifier.create(amongMany.say(mine, Mono.just(false)))
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(channel.said).isEmpty();
        StepVerifier.create(amongMany.say(mine, Mono.just(true)))
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(channel.said).containsExactly(mine);
    }

    @Test
    void whoIsNotInTheConversationTypesUnheard() {
        StepVerifier.create(typing(2).say(STRANGER, ID))
                .expectError(NotFound.class)
                .verify(TIMEOUT);

        assertThat(channel.said).isEmpty();
    }

    private SayTyping typing(int members) {
        return new SayTyping(new Acquaintances(members), channel, (limit, caller) -> Mono.empty());
    }

    private static Presence presence(UserId user) {
        return new FindPresence(new Acquaintances(2), new AllOnline())
                .of(ME, user)
                .block(TIMEOUT);
    }

    private static final class Channel implements HintChannel {
        final List<Hint> said = new ArrayList<>();

        @Override
        public Mono<Void> say(Hint hint) {
            return Mono.fromRunnable(() -> said.add(hint));
        }

        @Override
        public Mono<Void> hear(Consumer<Hint> listener) {
            return Mono.never();
        }
    }

    private static final class AllOnline implements PresenceRegistry {
        @Override
        public Mono<Void> beat(Collection<Online> connections) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> leave(Online connection) {
            return Mono.empty();
        }

        @Override
        public Mono<Map<UserId, Presence>> of(Collection<UserId> users) {
            return Mono.just(users.stream().collect(Collectors.toMap(user -> user, user -> Presence.ONLINE)));
        }

        @Override
        public Flux<Boolean> forgets() {
            return Flux.never();
        }
    }

    /** ME and FRIEND are in one conversation, of so many. */
    private record Acquaintances(int members) implements ConversationReader {
        @Override
        public Mono<MyConversation> mine(UserId user, ConversationId id) {
            Conversation conversation = new Conversation(id, ConversationKind.GROUP, null, History.ALL, Instant.EPOCH);
            return user.equals(STRANGER)
                    ? Mono.error(() -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN))
                    : Mono.just(new MyConversation(conversation, Role.MEMBER, null, members, 1, 0, 0, 0, 0, 1, 1));
        }

        @Override
        public Mono<Set<UserId>> met(UserId user, Collection<UserId> others) {
            return Mono.just(others.stream()
                    .filter(other -> !user.equals(STRANGER) && !other.equals(STRANGER))
                    .collect(Collectors.toSet()));
        }

        @Override
        public Mono<Mine> mine(UserId user) {
            return Mono.error(new AssertionError("unused"));
        }

        @Override
        public Flux<MyConversation> mine(UserId user, ConversationId after, int limit) {
            return Flux.error(new AssertionError("unused"));
        }

        @Override
        public Flux<Member> members(UserId reader, ConversationId id, UserId after, int limit) {
            return Flux.error(new AssertionError("unused"));
        }

        @Override
        public Flux<Conversation> channels(ConversationId after, int limit) {
            return Flux.error(new AssertionError("unused"));
        }
    }
}
