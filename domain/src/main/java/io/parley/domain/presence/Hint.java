package io.parley.domain.presence;

import io.parley.domain.user.UserId;

/** What happens at this moment and is stored elsewhere, or nowhere: when it gets lost, it is lost. */
public sealed interface Hint permits TalkHint, PresenceHint {
    /** In larger conversations the others are not told: they would hear of little else. */
    int MAX_MEMBERS = 100;

    /** Whom it is about. */
    UserId user();
}
