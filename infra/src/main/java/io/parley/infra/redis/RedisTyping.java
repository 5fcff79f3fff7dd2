package io.parley.infra.redis;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.presence.Typing;
import io.parley.domain.presence.TypingChannel;
import io.parley.domain.user.UserId;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.ReactiveRedisMessageListenerContainer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Who is typing, said on a fixed number of channels; every node hears all of them over one connection. */
final class RedisTyping implements TypingChannel {
    static final int SHARDS = 256;

    private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

    /** The version first: a node that meets a later one leaves it. */
    private static final Pattern SAID = Pattern.compile("1 typing " + ID + " " + ID);

    /** By name, not by a pattern: Redis would compare a pattern of each node with whatever anybody publishes. */
    private static final ChannelTopic[] CHANNELS = IntStream.range(0, SHARDS)
            .mapToObj(shard -> ChannelTopic.of("live:" + shard))
            .toArray(ChannelTopic[]::new);

    private static final Logger log = LoggerFactory.getLogger(RedisTyping.class);

    private final ReactiveRedisConnectionFactory connections;
    private final ReactiveStringRedisTemplate redis;
    private final RedisLink link;

    RedisTyping(ReactiveRedisConnectionFactory connections, ReactiveStringRedisTemplate redis, RedisLink link) {
        this.connections = connections;
        this.redis = redis;
        this.link = link;
    }

    @Override
    public Mono<Void> say(Typing typing) {
        return Mono.defer(() -> link.isOpen() ? publish(typing) : Mono.empty()).onErrorResume(RedisTyping::goWithout);
    }

    /** Connecting waits, so not on an event loop. Once connected, Lettuce connects and subscribes again by itself. */
    @Override
    public Mono<Void> hear(Consumer<Typing> listener) {
        return Mono.usingWhen(
                        Mono.fromCallable(() -> new ReactiveRedisMessageListenerContainer(connections)),
                        container -> hear(container, listener),
                        ReactiveRedisMessageListenerContainer::destroyLater)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Mono<Void> hear(ReactiveRedisMessageListenerContainer container, Consumer<Typing> listener) {
        return container
                .receive(CHANNELS)
                .doOnNext(message -> tell(message.getMessage(), listener))
                .then();
    }

    private static void tell(String said, Consumer<Typing> listener) {
        Matcher fields = SAID.matcher(said);
        if (fields.matches()) {
            listener.accept(new Typing(
                    new ConversationId(UUID.fromString(fields.group(1))),
                    new UserId(UUID.fromString(fields.group(2)))));
        } else {
            log.debug("ignored a foreign message");
        }
    }

    private Mono<Void> publish(Typing typing) {
        UUID conversation = typing.conversation().value();
        String said = "1 typing " + conversation + " " + typing.user().value();
        return redis.convertAndSend(channel(conversation), said).then();
    }

    static String channel(UUID conversation) {
        return CHANNELS[Math.floorMod(conversation.hashCode(), SHARDS)].getTopic();
    }

    private static Mono<Void> goWithout(Throwable error) {
        log.debug("typing: going without Redis", error);
        return Mono.empty();
    }
}
