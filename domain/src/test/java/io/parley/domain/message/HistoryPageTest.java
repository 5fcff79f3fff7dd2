package io.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryPageTest {

    @ParameterizedTest
    @CsvSource({"0,1", "-1,50", "1,0", "1,-5", "1,201", "9223372036854775807,2147483647"})
    void aPageOutOfRangeIsRefused(long before, int limit) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> new HistoryPage(before, limit))
                .extracting(InvalidInput::code)
                .isEqualTo(ErrorCode.PAGE_INVALID);
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(new HistoryPage(1, 1).limit()).isEqualTo(1);
        assertThat(new HistoryPage(HistoryPage.NEWEST, 200).before()).isEqualTo(Long.MAX_VALUE);
        assertThat(HistoryPage.DEFAULT_LIMIT).isBetween(1, HistoryPage.MAX_LIMIT);
    }
}
