package io.parley.domain.live;

import io.parley.domain.log.LogId;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.Typing;

/** How the frames beside changes look on the wire: UTF-8 JSON. Never fails, never blocks. */
public interface LiveFrames {

    byte[] skip(LogId log, long offset);

    byte[] catchUp(LogId log, long from, long to);

    byte[] caughtUp(LogId log, long offset);

    byte[] gap(LogId log, long to);

    byte[] typing(Typing typing);

    /** How far somebody has come; {@code own}: for that one's own devices, which are also told how much is unread. */
    byte[] receipt(Receipt receipt, boolean own);
}
