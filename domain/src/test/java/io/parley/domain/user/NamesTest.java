package io.parley.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final int FAMILY = 0x1F46A;

    @ParameterizedTest
    @ValueSource(strings = {"abc", "A.b-c_9", "Abcdefghijklmnopqrstuvwxyz012345", "a__"})
    void aHandleKeepsItsCaseAndIsOneWithAllOthers(String text) {
        Handle handle = new Handle(text);

        assertThat(handle.text()).isEqualTo(text);
        assertThat(handle.key()).isEqualTo(new Handle(text.toUpperCase(Locale.ROOT)).key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "Abcdefghijklmnopqrstuvwxyz0123456",
                "1abc",
                "_abc",
                ".abc",
                "a bc",
                " abc",
                "abc\n",
                "\u00E4bc",
                "ab\u0441",
                "ab@c",
                "abc/",
                "ab\u0000c"
            })
    void whatIsNoHandleIsRefused(String text) {
        assertThatThrownBy(() -> new Handle(text))
                .isInstanceOfSatisfying(
                        InvalidInput.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.HANDLE_INVALID));
    }

    @Test
    void aHandleReadsTheSameInTurkey() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(new Handle("ADMIN").key()).isEqualTo("admin");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "Admin", "SYSTEM", "null"})
    void someHandlesAreForNobody(String text) {
        assertThatThrownBy(() -> ReservedHandles.requireFree(new Handle(text)))
                .isInstanceOfSatisfying(
                        Conflict.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.HANDLE_RESERVED));
    }

    @Test
    void otherHandlesAreFree() {
        ReservedHandles.requireFree(new Handle("administratix"));
    }

    @Test
    void aDisplayNameIsStrippedAndComposed() {
        assertThat(new DisplayName(" Rene\u0301e \u3000").text()).isEqualTo("Ren\u00E9e");
        assertThat(new DisplayName("\u05E9\u05DC\u05D5\u05DD").text()).isEqualTo("\u05E9\u05DC\u05D5\u05DD");
    }

    @Test
    void aDisplayNameIsMeasuredInCodePoints() {
        String longest = Character.toString(FAMILY).repeat(DisplayName.MAX_LENGTH);

        assertThat(new DisplayName(longest).text()).isEqualTo(longest);
        refused(longest + "x");
        refused("x".repeat(100_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "a\nb",
                "a\u0000",
                "a\u007F",
                "a\u0085b",
                "a\uD800",
                "a\uDC00b",
                "a\u202Eb",
                "a\u202A",
                "\u2066a",
                "a\u2069",
                "a\u2028b"
            })
    void whatWouldBreakALineIsNoDisplayName(String text) {
        refused(text);
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> new DisplayName(text))
                .isInstanceOfSatisfying(InvalidInput.class, error -> assertThat(error.code())
                        .isEqualTo(ErrorCode.DISPLAY_NAME_INVALID));
    }
}
