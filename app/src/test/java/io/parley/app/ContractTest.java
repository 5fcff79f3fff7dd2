package io.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ProblemCode;
import io.parley.domain.error.ErrorCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContractTest {

    @Test
    void thePublicListOfCodesIsTheOneThatTheServerKnows() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::wireName))
                .containsExactlyElementsOf(Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::wireName)
                        .toList());
    }
}
