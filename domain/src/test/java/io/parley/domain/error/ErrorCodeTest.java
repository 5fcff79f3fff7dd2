package io.parley.domain.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
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
        assertThat(code.wireName()).matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*");
    }

    /**
     * Names are never changed: whoever renames one on both sides of the dot breaks clients. What sign-in says of its tokens
     * and sessions has a constant of its own, without the subject.
     */
    @ParameterizedTest
    @EnumSource
    void theConstantIsTheNameInCapitals(ErrorCode code) {
        String name = code.wireName().replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);

        assertThat(code.name()).isIn(name, name.replaceFirst("^AUTH_(?=(CREDENTIALS|TOKEN|SESSION)_)", ""));
    }
}
