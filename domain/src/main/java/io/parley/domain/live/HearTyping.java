package io.parley.domain.live;

import io.parley.domain.pipeline.Pipeline;
import io.parley.domain.presence.TypingChannel;
import reactor.core.publisher.Mono;

/** Brings what all nodes say of who is typing to the hubs. */
public final class HearTyping implements Pipeline {
    private final TypingChannel channel;
    private final Hubs hubs;

    public HearTyping(TypingChannel channel, Hubs hubs) {
        this.channel = channel;
        this.hubs = hubs;
    }

    @Override
    public String name() {
        return "typing";
    }

    @Override
    public Mono<Void> run() {
        return channel.hear(hubs::onTyping);
    }
}
