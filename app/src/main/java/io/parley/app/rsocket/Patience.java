package io.parley.app.rsocket;

import io.netty.buffer.ByteBuf;
import io.rsocket.frame.SetupFrameCodec;
import java.time.Duration;

/** How often a client may want to be looked for, and after how long a silence it may want to be given up. */
final class Patience {
    /** The server sets a timer of this interval for each connection. */
    private static final long SHORTEST = Duration.ofSeconds(1).toMillis();

    private static final long LONGEST = Duration.ofMinutes(5).toMillis();

    /** So long a connection may be dead before anybody notices. */
    private static final long LONGEST_LIFE = Duration.ofMinutes(10).toMillis();

    private Patience() {}

    static boolean isBad(ByteBuf setup) {
        long interval = SetupFrameCodec.keepAliveInterval(setup);
        long lifetime = SetupFrameCodec.keepAliveMaxLifetime(setup);
        return interval < SHORTEST || interval > LONGEST || lifetime < interval || lifetime > LONGEST_LIFE;
    }
}
