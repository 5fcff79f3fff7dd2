package io.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Limits;
import io.parley.api.ProblemCode;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.file.FileDraft;
import io.parley.domain.live.PresenceWatch;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.MessageBody;
import io.parley.domain.personal.Preferences;
import io.parley.domain.personal.PreferencesPatch;
import io.parley.domain.presence.Hint;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ContractTest {

    @Test
    void thePublicLimitsAreThoseThatTheServerHolds() {
        assertThat(Limits.MAX_MESSAGE_LENGTH).isEqualTo(MessageBody.MAX_LENGTH);
        assertThat(Limits.MAX_PAGE).isEqualTo(HistoryPage.MAX_LIMIT);
        assertThat(Limits.DEFAULT_PAGE).isEqualTo(HistoryPage.DEFAULT_LIMIT);
        assertThat(Limits.MAX_PREFERENCES).isEqualTo(Preferences.MAX_NAMES);
        assertThat(Limits.MAX_PREFERENCES_BYTES).isEqualTo(Preferences.MAX_BYTES);
        assertThat(Limits.MAX_PREFERENCE_LENGTH).isEqualTo(PreferencesPatch.MAX_LENGTH);
        assertThat(Limits.MAX_FILE_BYTES).isEqualTo(FileDraft.MAX_SIZE);
        assertThat(Limits.MAX_WATCH).isEqualTo(PresenceWatch.MAX_USERS);
        assertThat(Limits.MAX_TYPING_MEMBERS).isEqualTo(Hint.MAX_MEMBERS);
        assertThat(Limits.MAX_RECEIPT_MEMBERS).isEqualTo(Hint.MAX_MEMBERS);
    }

    @Test
    @Tag("always-10")
    void thePublicListOfCodesIsTheOneThatTheServerKnows() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::wireName))
                .containsExactlyElementsOf(Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::wireName)
                        .toList());
    }
}
