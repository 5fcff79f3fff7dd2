package io.parley.domain.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.personal.PersonalPatch.Mute;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "theme", "sidebar.width", "x-1_2.3", "1"})
    void aNameHasSmallLettersDigitsAndThreeMarks(String name) {
        assertThat(new PreferencesPatch(Map.of(name, "x")).values()).containsKey(name);
        assertThat(new PreferencesPatch(Collections.singletonMap(name, null)).values())
                .containsEntry(name, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Theme", "a b", "é", "a/b", "a\n"})
    void anyOtherNameIsRefused(String name) {
        refused(name, "x");
        refused(name, null);
    }

    @Test
    void aNameAndATextHaveALength() {
        String emoji = "\uD83D\uDE00";
        assertThat(new PreferencesPatch(Map.of("a".repeat(64), emoji.repeat(PreferencesPatch.MAX_LENGTH))).values())
                .hasSize(1);
        refused("a".repeat(65), "x");
        refused("a", "x".repeat(PreferencesPatch.MAX_LENGTH + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\uD83D", "\uDE00\uD83D"})
    void aTextThatNobodyCanStoreIsRefused(String text) {
        refused("a", text);
    }

    private static void refused(String name, String text) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> new PreferencesPatch(Collections.singletonMap(name, text)))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.PREFERENCES_INVALID));
    }

    @Test
    void oneIsMutedUntilATimeThatCanBeStored() {
        assertThat(new Mute(Instant.parse("2030-01-01T00:00:00.123456789Z")).until())
                .isEqualTo(Instant.parse("2030-01-01T00:00:00.123456Z"));
        assertThat(new Mute(null).until()).isNull();
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> new Mute(Instant.MAX));
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> new Mute(Instant.MIN));
    }
}
