package io.parley.app.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Problem;
import io.parley.app.testing.Kinds;
import io.parley.domain.error.ErrorCode;
import io.rsocket.RSocketErrorException;
import io.rsocket.frame.ErrorFrameCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RSocketProblemsTest {
    private final JsonMapper json = JsonMapper.builder().build();
    private final RSocketProblems problems = new RSocketProblems(json);

    @Test
    @Tag("wire-problems")
    void everyKindHasItsFrameCode() {
        assertThat(Kinds.all().stream().map(error -> frame(error).errorCode()))
                .containsExactly(
                        ErrorFrameCodec.INVALID,
                        ErrorFrameCodec.APPLICATION_ERROR,
                        ErrorFrameCodec.APPLICATION_ERROR,
                        ErrorFrameCodec.APPLICATION_ERROR,
                        ErrorFrameCodec.APPLICATION_ERROR,
                        ErrorFrameCodec.REJECTED,
                        ErrorFrameCodec.REJECTED);
    }

    @Test
    void theDataOfTheFrameIsTheProblem() {
        assertThat(Kinds.all()).allSatisfy(error -> assertThat(problem(error).code())
                .isEqualTo(error.code().wireName()));
    }

    @Test
    @Tag("always-10")
    void aFaultOfOursShowsNothingOfItself() {
        Problem problem = problem(new IllegalStateException("internals"));

        assertThat(problem.code()).isEqualTo(ErrorCode.SERVER_FAILURE.wireName());
        assertThat(problem.toString()).doesNotContain("internals");
    }

    private Problem problem(Throwable error) {
        return json.readValue(frame(error).getMessage(), Problem.class);
    }

    private RSocketErrorException frame(Throwable error) {
        return (RSocketErrorException) problems.frame(error, "id");
    }
}
