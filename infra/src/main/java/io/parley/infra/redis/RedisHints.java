package io.parley.infra.redis;

import io.parley.domain.presence.Hint;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.TalkHint;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.ReactiveRedisMessageListenerContainer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What happens at this moment, said on a fixed number of channels; every node hears all of them over one connection. */
final class RedisHints implements HintChannel {
    static final int SHARDS = 256;

    /** By name, not by a pattern: Redis would compare a pattern of each node with whatever anybody publishes. */
    private static final ChannelTopic[] CHANNELS = IntStream.range(0, SHARDS)
            .mapToObj(shard -> ChannelTopic.of("live:" + shard))
            .toArray(ChannelTopic[]::new);

    private static final Logger log = LoggerFactory.getLogger(RedisHints.class);

    private final ReactiveRedisConnectionFactory connections;
    private final ReactiveStringRedisTemplate redis;
    private final RedisLink link;

    RedisHints(ReactiveRedisConnectionFactory connections, ReactiveStringRedisTemplate redis, RedisLink link) {
        this.connections = connections;
        this.redis = redis;
        this.link = link;
    }

    @Override
    public Mono<Void> say(Hint hint) {
        return Mono.defer(() -> link.isOpen() ? publish(hint) : Mono.empty()).onErrorResume(RedisHints::goWithout);
    }

    /** Connecting waits, so not on an event loop. Once connected, Lettuce connects and subscribes again by itself. */
    @Override
    public Mono<Void> hear(Consumer<Hint> listener) {
        return Mono.usingWhen(
                        Mono.fromCallable(() -> new ReactiveRedisMessageListenerContainer(connections)),
                        container -> hear(container, listener),
                        ReactiveRedisMessageListenerContainer::destroyLater)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Mono<Void> hear(ReactiveRedisMessageListenerContainer container, Consumer<Hint> listener) {
        return container
                .receive(CHANNELS)
                .doOnNext(message -> tell(message.getMessage(), listener))
                .then();
    }

    private static void tell(String said, Consumer<Hint> listener) {
        Optional<Hint> hint = SaidHints.read(said);
        hint.ifPresentOrElse(listener, () -> log.debug("ignored a foreign message"));
    }

    private Mono<Void> publish(Hint hint) {
        return redis.convertAndSend(channel(about(hint)), SaidHints.write(hint)).then();
    }

    private static UUID about(Hint hint) {
        return hint instanceof TalkHint said
                ? said.conversation().value()
                : hint.user().value();
    }

    static String channel(UUID about) {
        return CHANNELS[Math.floorMod(about.hashCode(), SHARDS)].getTopic();
    }

    private static Mono<Void> goWithout(Throwable error) {
        log.debug("hints: going without Redis", error);
        return Mono.empty();
    }
}
