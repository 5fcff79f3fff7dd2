package io.parley.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.parley.api.Problem;
import io.parley.app.testing.Kinds;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsTest {

    @Test
    @Tag("wire-problems")
    void everyKindHasItsStatus() {
        List<Integer> statuses = Kinds.all().stream()
                .map(error -> Problems.of(error, "id").status())
                .toList();

        assertThat(statuses).containsExactly(400, 401, 403, 404, 409, 429, 503);
    }

    @Test
    void onlyWhatMayPassIsRetryable() {
        assertThat(Kinds.all())
                .map(error -> Problems.of(error, "id"))
                .filteredOn(Problem::retryable)
                .extracting(Problem::title, Problem::retryAfterMs)
                .containsExactly(tuple("LimitExceeded", Kinds.RETRY_AFTER.toMillis()), tuple("Unavailable", 2_000L));
    }

    @Test
    @Tag("always-10")
    void whatIsNoneOfTheKindsIsAFaultOfOursAndSaysNothingElse() {
        ChatException known = Problems.known(new IllegalArgumentException("jdbc://internals"));
        Problem problem = Problems.of(known, "id");

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.code()).isEqualTo(ErrorCode.SERVER_FAILURE.wireName());
        assertThat(problem.toString()).doesNotContain("internals", "IllegalArgument");
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeIsExplainedInASentence(ErrorCode code) {
        assertThat(Details.of(code)).endsWith(".").hasSizeGreaterThan(10);
    }
}
