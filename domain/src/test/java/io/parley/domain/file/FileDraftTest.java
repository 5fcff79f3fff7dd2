package io.parley.domain.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDraftTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/svg+xml",
                "application/xhtml+xml",
                "",
                "IMAGE/PNG",
                "text/plain; charset=utf-8"
            })
    void aTypeThatIsNotOnTheListIsRefused(String type) {
        refused(type, 1, ErrorCode.FILE_TYPE);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 10_485_761, Long.MAX_VALUE})
    void anEmptyOrTooLargeFileIsRefused(long size) {
        refused("image/png", size, ErrorCode.FILE_SIZE);
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(new FileDraft("application/pdf", 1).size()).isEqualTo(1);
        assertThat(new FileDraft("image/webp", 10_485_760).size()).isEqualTo(FileDraft.MAX_SIZE);
    }

    private static void refused(String type, long size, ErrorCode code) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> new FileDraft(type, size))
                .extracting(InvalidInput::code)
                .isEqualTo(code);
    }
}
