package io.parley.domain.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatExceptionTest {
    private static final ErrorCode CODE = ErrorCode.SERVER_FAILURE;
    private static final Duration LATER = Duration.ofMillis(1_700);
    private static final Throwable CAUSE = new IllegalStateException("connection reset");

    static List<ChatException> kinds() {
        return List.of(
                new InvalidInput(CODE),
                new Unauthenticated(CODE),
                new Forbidden(CODE),
                new NotFound(CODE),
                new Conflict(CODE),
                new LimitExceeded(CODE, LATER),
                new Unavailable(CODE, CAUSE));
    }

    @Test
    @Tag("wire-problems")
    void everyKindIsTriedBelow() {
        assertThat(kinds().stream().map(Object::getClass))
                .containsExactlyInAnyOrder(ChatException.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void matchReachesTheCaseOfItsKind(ChatException error) {
        assertThat(error.match(new Kinds())).isEqualTo(new Kinds.Reached(error.getClass(), error));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theMessageIsTheWireName(ChatException error) {
        assertThat(error.code()).isEqualTo(CODE);
        assertThat(error).hasMessage("server.failure");
    }

    @Test
    void onlyFaultsCarryAStackTrace() {
        Stream<ChatException> traced = kinds().stream().filter(error -> error.getStackTrace().length > 0);
        assertThat(traced).singleElement().isInstanceOf(Unavailable.class).satisfies(error -> assertThat(error)
                .hasCause(CAUSE));
    }

    @Test
    void onlyWhatMayPassAdvisesToWait() {
        assertThat(new LimitExceeded(CODE, LATER).retryAfter()).contains(LATER);
        assertThat(new Unavailable(CODE, null).retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isPositive());
        assertThat(kinds().stream().filter(error -> error.retryAfter().isPresent()))
                .hasSize(2);
    }

    private static final class Kinds implements ChatException.Cases<Kinds.Reached> {
        private record Reached(Class<?> kind, ChatException error) {}

        @Override
        public Reached invalidInput(InvalidInput error) {
            return new Reached(InvalidInput.class, error);
        }

        @Override
        public Reached unauthenticated(Unauthenticated error) {
            return new Reached(Unauthenticated.class, error);
        }

        @Override
        public Reached forbidden(Forbidden error) {
            return new Reached(Forbidden.class, error);
        }

        @Override
        public Reached notFound(NotFound error) {
            return new Reached(NotFound.class, error);
        }

        @Override
        public Reached conflict(Conflict error) {
            return new Reached(Conflict.class, error);
        }

        @Override
        public Reached limitExceeded(LimitExceeded error) {
            return new Reached(LimitExceeded.class, error);
        }

        @Override
        public Reached unavailable(Unavailable error) {
            return new Reached(Unavailable.class, error);
        }
    }
}
