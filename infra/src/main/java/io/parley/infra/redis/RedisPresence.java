package io.parley.infra.redis;

import io.parley.domain.presence.Presence;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/** Open connections of each user, in a sorted set by when they expire; without Redis nobody can tell. */
final class RedisPresence implements PresenceRegistry {
    private static final String LASTS_MILLIS =
            String.valueOf(Duration.ofSeconds(60).toMillis());

    private static final RedisScript<Long> BEAT = Scripts.read("presence-beat.lua");
    private static final RedisScript<Long> COUNT = Scripts.read("presence-count.lua");
    private static final Logger log = LoggerFactory.getLogger(RedisPresence.class);

    private final ReactiveStringRedisTemplate redis;
    private final RedisKeys keys;
    private final RedisLink link;

    RedisPresence(ReactiveStringRedisTemplate redis, RedisKeys keys, RedisLink link) {
        this.redis = redis;
        this.keys = keys;
        this.link = link;
    }

    /** A command for each user, all of them sent before the first is answered. */
    @Override
    public Mono<Void> beat(Collection<Online> connections) {
        return Mono.defer(() -> link.isOpen() ? Mono.when(beats(connections)) : Mono.empty())
                .onErrorResume(RedisPresence::goWithout);
    }

    @Override
    public Mono<Void> leave(Online connection) {
        return Mono.defer(() -> link.isOpen() ? forget(connection) : Mono.empty())
                .onErrorResume(RedisPresence::goWithout);
    }

    @Override
    public Mono<Presence> of(UserId user) {
        return Mono.defer(() -> link.isOpen() ? count(user) : Mono.empty())
                .map(count -> count > 0 ? Presence.ONLINE : Presence.OFFLINE)
                .onErrorResume(RedisPresence::goWithout)
                .defaultIfEmpty(Presence.UNKNOWN);
    }

    private List<Mono<Void>> beats(Collection<Online> connections) {
        return connections.stream().collect(Collectors.groupingBy(Online::user)).entrySet().stream()
                .map(user -> redis.execute(BEAT, List.of(key(user.getKey())), arguments(user.getValue()))
                        .then())
                .toList();
    }

    private static List<String> arguments(List<Online> connections) {
        List<String> arguments = new ArrayList<>();
        arguments.add(LASTS_MILLIS);
        connections.forEach(connection -> arguments.add(connection.connection().toString()));
        return arguments;
    }

    private Mono<Void> forget(Online connection) {
        return redis.opsForZSet()
                .remove(key(connection.user()), connection.connection().toString())
                .then();
    }

    private Mono<Long> count(UserId user) {
        return redis.execute(COUNT, List.of(key(user))).next();
    }

    private String key(UserId user) {
        return keys.of("presence", user.value());
    }

    private static <T> Mono<T> goWithout(Throwable error) {
        log.debug("presence: going without Redis", error);
        return Mono.empty();
    }
}
