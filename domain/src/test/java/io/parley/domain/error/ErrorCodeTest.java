package io.parley.domain.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

    @Test
    void noTwoCodesShareAName() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aNameIsASubjectAndAReason(ErrorCode code) {
        assertThat(code.wireName()).matches("[a-z]+\\.[a-z]+(-[a-z]+)*");
    }

    /** Names are never changed: whoever renames one on both sides of the dot breaks clients. */
    @ParameterizedTest
    @EnumSource
    void theConstantIsTheNameInCapitals(ErrorCode code) {
        assertThat(code.wireName().replaceAll("[.-]", "_")).isEqualToIgnoringCase(code.name());
    }
}
