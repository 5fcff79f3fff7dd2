package io.parley.infra.redis;

import static io.parley.infra.startup.StartupException.setting;

import io.lettuce.core.RedisCommandExecutionException;
import io.parley.infra.startup.Backend;
import io.parley.infra.startup.TransportRule;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/** Redis as a server that ours can do without: what it holds may be lost. */
final class RedisBackend implements Backend {
    private final RedisLink link;
    private final ReactiveStringRedisTemplate redis;

    RedisBackend(RedisLink link, ReactiveStringRedisTemplate redis) {
        this.link = link;
        this.redis = redis;
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public Mono<Void> open() {
        return link.open().then(Mono.defer(this::ping)).onErrorMap(RedisBackend::explained);
    }

    @Override
    public Mono<Void> ping() {
        return link.isOpen()
                ? redis.execute(ReactiveRedisConnection::ping).then()
                : Mono.error(() -> new IllegalStateException("not connected yet"));
    }

    private static Throwable explained(Throwable error) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        if (cause instanceof RedisCommandExecutionException refused && refused.getMessage() != null) {
            String message = refused.getMessage();
            if (message.startsWith("WRONGPASS") || message.startsWith("NOAUTH") || message.startsWith("NOPERM")) {
                return setting("PARLEY_REDIS_USER / PARLEY_REDIS_PASSWORD", "Redis refuses the sign-in");
            }
        }
        if (TransportRule.untrusted(error)) {
            return setting("PARLEY_REDIS_CA_FILE", "the certificate of Redis is not trusted");
        }
        return error;
    }
}
