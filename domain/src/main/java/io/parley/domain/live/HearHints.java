package io.parley.domain.live;

import io.parley.domain.pipeline.Pipeline;
import io.parley.domain.presence.HintChannel;
import reactor.core.publisher.Mono;

/** Brings what all nodes say of this moment, such as who is typing, to the hubs. */
public final class HearHints implements Pipeline {
    private final HintChannel channel;
    private final Hubs hubs;

    public HearHints(HintChannel channel, Hubs hubs) {
        this.channel = channel;
        this.hubs = hubs;
    }

    @Override
    public String name() {
        return "hints";
    }

    @Override
    public Mono<Void> run() {
        return channel.hear(hubs::onHint);
    }
}
