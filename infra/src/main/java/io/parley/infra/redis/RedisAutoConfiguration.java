package io.parley.infra.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SslOptions;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.log.Epoch;
import io.parley.domain.log.RecentChanges;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.infra.startup.Backend;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;

/** Limits callers, remembers sessions, caches changes, and tells who is there, who is typing and who has read, by Redis. */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
@EnableConfigurationProperties(RedisProperties.class)
public class RedisAutoConfiguration {

    /** The connection that only hears would not notice that the machine behind it is gone. */
    private static final KeepAliveOptions KEEP_ALIVE = KeepAliveOptions.builder()
            .enable()
            .idle(Duration.ofSeconds(20))
            .interval(Duration.ofSeconds(5))
            .count(3)
            .build();

    @Bean
    LettuceConnectionFactory redisConnectionFactory(RedisProperties properties) {
        RedisStandaloneConfiguration server = new RedisStandaloneConfiguration(
                properties.address().host(), properties.address().port());
        if (!properties.user().isEmpty()) {
            server.setUsername(properties.user());
        }
        if (!properties.password().isEmpty()) {
            server.setPassword(properties.password());
        }
        return new LettuceConnectionFactory(server, client(properties));
    }

    private static LettuceClientConfiguration client(RedisProperties properties) {
        LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder()
                .clientName("parley")
                .commandTimeout(properties.timeout())
                .clientOptions(options(properties));
        if (properties.tls()) {
            client.useSsl();
        }
        return client.build();
    }

    private static ClientOptions options(RedisProperties properties) {
        ClientOptions.Builder options = ClientOptions.builder()
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(properties.timeout())
                        .keepAlive(KEEP_ALIVE)
                        .build());
        if (properties.caFile() != null) {
            options.sslOptions(SslOptions.builder()
                    .trustManager(properties.caFile().toFile())
                    .build());
        }
        return options.build();
    }

    @Bean
    RedisLink redisLink(SharedRedis shared) {
        return new RedisLink(shared.connection());
    }

    /** Not a factory by its type: there is one bean of those, and it is Lettuce's. */
    @Bean
    SharedRedis sharedRedis(LettuceConnectionFactory redisConnectionFactory) {
        return new SharedRedis(new SharedConnection(redisConnectionFactory));
    }

    @Bean
    ReactiveStringRedisTemplate reactiveStringRedisTemplate(SharedRedis shared) {
        return new ReactiveStringRedisTemplate(shared.connection());
    }

    record SharedRedis(SharedConnection connection) {}

    @Bean
    RedisKeys redisKeys(Epoch epoch) {
        return new RedisKeys(epoch);
    }

    @Bean
    Backend redisBackend(RedisLink link, ReactiveStringRedisTemplate redis) {
        return new RedisBackend(link, redis);
    }

    @Bean
    RateLimiter rateLimiter(ReactiveStringRedisTemplate redis, RedisKeys keys, RedisLink link) {
        return new RedisRateLimiter(redis, keys, link, new LocalRateLimiter(System::nanoTime));
    }

    /** Told of every connection from the first on: the client exists, and has none yet. */
    @Bean
    RedisUptime redisUptime(LettuceConnectionFactory redisConnectionFactory) {
        RedisUptime uptime = new RedisUptime(Clock.systemUTC());
        redisConnectionFactory.getRequiredNativeClient().addListener(uptime);
        return uptime;
    }

    @Bean
    @Primary
    SessionRepository sessionRepository(
            @Qualifier("storedSessions") SessionRepository storedSessions,
            ReactiveStringRedisTemplate redis,
            RedisKeys keys,
            RedisUptime uptime) {
        return new RedisSessionCache(storedSessions, redis, keys, uptime, Clock.systemUTC());
    }

    @Bean
    RecentChanges recentChanges(SharedRedis shared, RedisLink link, Epoch epoch) {
        return new RedisRecentChanges(binary(shared.connection()), link, epoch);
    }

    /** Keys are text, values are bytes. */
    private static ReactiveRedisTemplate<String, byte[]> binary(SharedConnection connection) {
        RedisSerializationContext<String, byte[]> context =
                RedisSerializationContext.<String, byte[]>newSerializationContext(RedisSerializer.string())
                        .value(RedisSerializer.byteArray())
                        .build();
        return new ReactiveRedisTemplate<>(connection, context);
    }

    @Bean
    PresenceRegistry presenceRegistry(
            ReactiveStringRedisTemplate redis, RedisKeys keys, RedisLink link, RedisUptime uptime) {
        return new RedisPresence(redis, keys, link, uptime);
    }

    @Bean
    HintChannel hintChannel(
            LettuceConnectionFactory redisConnectionFactory, ReactiveStringRedisTemplate redis, RedisLink link) {
        return new RedisHints(redisConnectionFactory, redis, link);
    }
}
