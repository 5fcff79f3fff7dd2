package io.parley.domain.personal;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.LogEntry;
import io.parley.domain.message.MessageBody;
import io.parley.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What users keep for themselves. Each write is one transaction that changes the state and appends that to the user's own
 * log; value, after the commit: the entries to announce, none if it changed nothing, so each may be repeated. Errors of all:
 * {@code Unavailable}; where a conversation is named also {@code NotFound} CONVERSATION_UNKNOWN to who is not a member now.
 */
public interface PrivateState {
    /** Merges. Errors also: {@code InvalidInput} PREFERENCES_INVALID if there would be too many or too much of them. */
    Mono<List<LogEntry>> prefer(UserId user, PreferencesPatch patch);

    /** Keeps a text as the draft, instead of the one before; null removes it. */
    Mono<List<LogEntry>> draft(UserId user, ConversationId conversation, @Nullable MessageBody text, Instant now);

    /** Changes what the patch names. */
    Mono<List<LogEntry>> change(UserId user, ConversationId conversation, PersonalPatch patch);

    /** Value: as they are now; none yet are no preferences. */
    Mono<Preferences> preferences(UserId user);

    /** Value: as it is now. */
    Mono<Personal> personal(UserId user, ConversationId conversation);
}
