package io.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBodyTest {
    /** One code point, two chars. */
    private static final String ASTRAL = "\uD83D\uDE00";

    @Test
    void surroundingWhiteSpaceIsStripped() {
        assertThat(new MessageBody(" \t\n\u2003hello  world\u3000\r\n ").text()).isEqualTo("hello  world");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\r", "\u2003\u3000\u2028"})
    void blankSaysNothing(String text) {
        refused(text, ErrorCode.MESSAGE_EMPTY);
    }

    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(new MessageBody("a".repeat(4_000)).text()).hasSize(4_000);
        assertThat(new MessageBody(ASTRAL.repeat(4_000)).text()).hasSize(8_000);
        refused("a".repeat(4_001), ErrorCode.MESSAGE_TOO_LONG);
        refused(ASTRAL.repeat(4_001), ErrorCode.MESSAGE_TOO_LONG);
    }

    @Test
    void lengthIsCountedAfterStripping() {
        assertThat(new MessageBody(" ".repeat(5_000) + "a".repeat(4_000) + "\n").text())
                .hasSize(4_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0007b", "a\u001Bb", "a\u007Fb", "a\u0085b", "\u0000"})
    void controlCharactersAreRefused(String text) {
        refused(text, ErrorCode.MESSAGE_CHARACTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\nb", "a\n\n\tb"})
    void tabAndLineFeedAreAllowedInside(String text) {
        assertThat(new MessageBody(text).text()).isEqualTo(text);
    }

    @Test
    void linesEndInALineFeedHoweverTheyWereWritten() {
        assertThat(new MessageBody("one\r\ntwo\rthree\n\r\nfour").text()).isEqualTo("one\ntwo\nthree\n\nfour");
    }

    @Test
    void aRepeatInAnotherWayOfEndingLinesIsTheSameText() {
        assertThat(new MessageBody("one\r\ntwo\r\n")).isEqualTo(new MessageBody("one\ntwo"));
    }

    @Test
    void noncharactersAreRefused() {
        for (int plane = 0; plane <= 0x10; plane++) {
            refused("a" + Character.toString((plane << 16) | 0xFFFE), ErrorCode.MESSAGE_CHARACTER);
            refused("a" + Character.toString((plane << 16) | 0xFFFF), ErrorCode.MESSAGE_CHARACTER);
        }
        refused("a" + Character.toString(0xFDD0), ErrorCode.MESSAGE_CHARACTER);
        refused("a" + Character.toString(0xFDEF), ErrorCode.MESSAGE_CHARACTER);
    }

    @Test
    void whatIsMerelyUnassignedIsTaken() {
        String tomorrow = Character.toString(0x1FBFF);
        assertThat(Character.getType(0x1FBFF)).isEqualTo(Character.UNASSIGNED);

        assertThat(new MessageBody(tomorrow).text()).isEqualTo(tomorrow);
    }

    // Not parameters: a test report in XML cannot hold half a character.
    @Test
    void halfASurrogatePairIsRefused() {
        refused("a\uD83D", ErrorCode.MESSAGE_CHARACTER);
        refused("\uDE00a", ErrorCode.MESSAGE_CHARACTER);
        refused("a\uD83Db", ErrorCode.MESSAGE_CHARACTER);
        refused("\uDE00\uD83D", ErrorCode.MESSAGE_CHARACTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ASTRAL,
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "e\u0301",
                "\uFFFD\uFDCF\uFDF0",
                "\u202Eabc\u202C",
                "\u05E9\u05DC\u05D5\u05DD",
                "\uE000"
            })
    void everyOtherCharacterStaysAsItIs(String text) {
        assertThat(new MessageBody(text).text()).isEqualTo(text);
    }

    private static void refused(String text, ErrorCode code) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> new MessageBody(text))
                .extracting(InvalidInput::code)
                .isEqualTo(code);
    }
}
