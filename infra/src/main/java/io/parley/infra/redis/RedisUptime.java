package io.parley.infra.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.net.SocketAddress;
import java.time.Clock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Knows since when Redis has been there without a break; told by Lettuce the moment that the connection for commands
 * comes or goes. A subscriber's own connection, which ends when it stops to listen, says nothing of the kind.
 */
final class RedisUptime implements RedisConnectionStateListener {
    private static final long AWAY = Long.MAX_VALUE;

    private final Sinks.Many<Boolean> comes = Sinks.many().multicast().directBestEffort();
    private final Clock clock;
    private volatile long since = AWAY;

    RedisUptime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        if (!isSubscribers(connection)) {
            since = clock.millis();
            // Lost where nobody listens.
            comes.tryEmitNext(Boolean.TRUE);
        }
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        if (!isSubscribers(connection)) {
            since = AWAY;
        }
    }

    private static boolean isSubscribers(RedisChannelHandler<?, ?> connection) {
        return connection instanceof StatefulRedisPubSubConnection<?, ?>;
    }

    /** Emits whenever Redis is there again, with what it has kept. Never completes. */
    Flux<Boolean> comes() {
        return comes.asFlux();
    }

    boolean isThere() {
        return since != AWAY;
    }

    /** Whether Redis has been there from before this moment until now. */
    boolean sinceBefore(long millis) {
        return since < millis;
    }
}
