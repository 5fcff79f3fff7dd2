package io.parley.domain.live;

import io.parley.domain.log.ChangeFeed;
import io.parley.domain.pipeline.Pipeline;
import reactor.core.publisher.Mono;

/** Brings what all nodes publish to the hubs; after every discontinuity it looks for what was missed meanwhile. */
public final class HearChanges implements Pipeline {
    private final ChangeFeed feed;
    private final Hubs hubs;
    private final Watch heads;

    /** @param heads see {@link Watch#overHeads} */
    public HearChanges(ChangeFeed feed, Hubs hubs, Watch heads) {
        this.feed = feed;
        this.hubs = hubs;
        this.heads = heads;
    }

    @Override
    public String name() {
        return "change feed";
    }

    @Override
    public Mono<Void> run() {
        return feed.follow(hubs::of)
                .onBackpressureLatest()
                .concatMap(positioned -> heads.look(), 1)
                .then();
    }
}
