package io.parley.infra.redis;

import io.parley.domain.presence.Presence;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Open connections of each user, in a sorted set by when they expire; without Redis nobody can tell. */
final class RedisPresence implements PresenceRegistry {
    private static final String LASTS_MILLIS =
            String.valueOf(Duration.ofSeconds(60).toMillis());

    private static final String GRACE_MILLIS = String.valueOf(GRACE.toMillis());

    private static final int ASKED_AT_ONCE = 1_024;

    private static final RedisScript<Long> BEAT = Scripts.read("presence-beat.lua");
    private static final RedisScript<Long> END = Scripts.read("presence-end.lua");
    private static final RedisScript<Long> COUNT = Scripts.read("presence-count.lua");
    private static final Logger log = LoggerFactory.getLogger(RedisPresence.class);

    private final ReactiveStringRedisTemplate redis;
    private final RedisKeys keys;
    private final RedisLink link;
    private final RedisUptime uptime;

    RedisPresence(ReactiveStringRedisTemplate redis, RedisKeys keys, RedisLink link, RedisUptime uptime) {
        this.redis = redis;
        this.keys = keys;
        this.link = link;
        this.uptime = uptime;
    }

    /** A command for each user, all of them sent before the first is answered. */
    @Override
    public Mono<Void> beat(Collection<Online> connections) {
        return Mono.defer(() -> link.isOpen() ? Mono.when(beats(connections)) : Mono.empty())
                .onErrorResume(RedisPresence::goWithout);
    }

    @Override
    public Mono<Void> leave(Online connection) {
        return Mono.defer(() -> link.isOpen() ? end(connection) : Mono.empty()).onErrorResume(RedisPresence::goWithout);
    }

    /** A command for each user, all of them sent before the first is answered, unless they are a great many. */
    @Override
    public Mono<Map<UserId, Presence>> of(Collection<UserId> users) {
        return Flux.fromIterable(users)
                .flatMap(user -> seen(user).map(presence -> Map.entry(user, presence)), ASKED_AT_ONCE)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Presence> seen(UserId user) {
        return Mono.defer(() -> link.isOpen() ? count(user) : Mono.empty())
                .map(count -> count > 0 ? Presence.ONLINE : Presence.OFFLINE)
                .onErrorResume(RedisPresence::goWithout)
                .defaultIfEmpty(Presence.UNKNOWN);
    }

    @Override
    public Flux<Boolean> forgets() {
        return uptime.comes();
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

    private Mono<Void> end(Online connection) {
        List<String> arguments = List.of(GRACE_MILLIS, connection.connection().toString());
        return redis.execute(END, List.of(key(connection.user())), arguments).then();
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
