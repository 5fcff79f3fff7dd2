package io.parley.domain.presence;

import io.parley.domain.conversation.ConversationId;

/** What happens in a conversation. */
public sealed interface TalkHint extends Hint permits Typing, Receipt {

    ConversationId conversation();
}
