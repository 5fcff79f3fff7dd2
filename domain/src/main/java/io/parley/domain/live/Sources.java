package io.parley.domain.live;

import io.parley.domain.auth.SessionRepository;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.RecentChanges;

/**
 * Where a connection reads what it did not get live, and how that looks on the wire.
 *
 * @param sessions as they are stored, not as somebody remembers them
 */
public record Sources(
        ConversationReader conversations,
        RecentChanges recent,
        LogReader reader,
        SessionRepository sessions,
        ChangeEncoder encoder,
        LiveFrames frames) {}
