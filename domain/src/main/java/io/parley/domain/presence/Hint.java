package io.parley.domain.presence;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.user.UserId;

/** What happens at this moment in a conversation and is stored elsewhere, or nowhere: when it gets lost, it is lost. */
public sealed interface Hint permits Typing, Receipt {
    /** In larger conversations the others are not told: they would hear of little else. */
    int MAX_MEMBERS = 100;

    ConversationId conversation();

    /** Whom it is about. */
    UserId user();
}
