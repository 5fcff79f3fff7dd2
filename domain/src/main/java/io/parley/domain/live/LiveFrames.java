package io.parley.domain.live;

import io.parley.domain.log.LogId;
import io.parley.domain.presence.Presence;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;

/** Makes frames. Those beside changes are UTF-8 JSON, as changes are. Never fails, never blocks. */
public interface LiveFrames {

    /** Of the bytes of a change or an answer, which are not to be altered afterwards. */
    Frame of(byte[] wire);

    byte[] skip(LogId log, long offset);

    byte[] catchUp(LogId log, long from, long to);

    byte[] caughtUp(LogId log, long offset);

    byte[] gap(LogId log, long to);

    byte[] typing(Typing typing);

    /** How far somebody has come; {@code own}: for that one's own devices, which are also told how much is unread. */
    byte[] receipt(Receipt receipt, boolean own);

    byte[] presence(UserId user, Presence presence);
}
