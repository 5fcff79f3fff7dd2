package io.parley.domain.live;

import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.RecentChanges;

/** Where a connection reads what it did not get live, and how that looks on the wire. */
public record Sources(
        ConversationReader conversations,
        RecentChanges recent,
        LogReader reader,
        ChangeEncoder encoder,
        LiveFrames frames) {}
