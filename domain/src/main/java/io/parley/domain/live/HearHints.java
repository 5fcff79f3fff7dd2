package io.parley.domain.live;

import io.parley.domain.pipeline.Pipeline;
import io.parley.domain.presence.Hint;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.TalkHint;
import reactor.core.publisher.Mono;

/** Brings what all nodes say of this moment: who is typing, and has read, to the hubs; who comes and goes, to who watches. */
public final class HearHints implements Pipeline {
    private final HintChannel channel;
    private final Hubs hubs;
    private final PresenceWatch watch;

    public HearHints(HintChannel channel, Hubs hubs, PresenceWatch watch) {
        this.channel = channel;
        this.hubs = hubs;
        this.watch = watch;
    }

    @Override
    public String name() {
        return "hints";
    }

    @Override
    public Mono<Void> run() {
        return channel.hear(this::pass);
    }

    private void pass(Hint hint) {
        if (hint instanceof TalkHint said) {
            hubs.onHint(said);
        } else {
            watch.onHint(hint.user());
        }
    }
}
