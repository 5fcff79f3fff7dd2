package io.parley.app.live;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.parley.app.gateway.Closing;
import io.parley.app.gateway.MessageGateway;
import io.parley.app.gateway.ReceiptGateway;
import io.parley.app.gateway.Tenure;
import io.parley.app.live.LiveSession.Gateways;
import io.parley.app.live.Sessions.Engine;
import io.parley.app.live.Sessions.Surroundings;
import io.parley.domain.auth.Authenticate;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.live.Connections;
import io.parley.domain.live.HearChanges;
import io.parley.domain.live.HearHints;
import io.parley.domain.live.HoleReader;
import io.parley.domain.live.Hubs;
import io.parley.domain.live.LiveFrames;
import io.parley.domain.live.OpenConnections;
import io.parley.domain.live.PresenceWatch;
import io.parley.domain.live.Sources;
import io.parley.domain.live.Watch;
import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.ChangeFeed;
import io.parley.domain.log.Epoch;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Outbox;
import io.parley.domain.log.RecentChanges;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.presence.SayTyping;
import io.parley.domain.user.UserDirectory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** Puts the live engine together. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean
    EventLoops liveLoops(ReactorResourceFactory resources) {
        return new EventLoops(() -> group(resources));
    }

    private static Iterable<EventExecutor> group(ReactorResourceFactory resources) {
        EventLoopGroup group = resources.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE);
        return group;
    }

    @Bean
    HoleReader holeReader(LogReader reader, ChangeEncoder encoder) {
        return new HoleReader(reader, encoder);
    }

    @Bean
    Hubs hubs(Epoch epoch, HoleReader holes, LiveFrames frames) {
        return new Hubs(epoch, holes, frames);
    }

    @Bean
    Watch headWatch(LogReader reader, Hubs hubs) {
        return Watch.overHeads(reader, hubs);
    }

    @Bean
    Watch outboxWatch(Outbox outbox, Hubs hubs) {
        return Watch.overOutbox(outbox, hubs);
    }

    @Bean
    HearChanges hearChanges(ChangeFeed feed, Hubs hubs, Watch headWatch) {
        return new HearChanges(feed, hubs, headWatch);
    }

    @Bean
    PresenceWatch presenceWatch(ConversationReader conversations, PresenceRegistry registry, RateLimiter limiter) {
        return new PresenceWatch(conversations, registry, limiter);
    }

    @Bean
    HearHints hearHints(HintChannel channel, Hubs hubs, PresenceWatch presenceWatch) {
        return new HearHints(channel, hubs, presenceWatch);
    }

    @Bean
    OpenConnections openConnections(PresenceRegistry registry, HintChannel channel) {
        return new OpenConnections(registry, channel);
    }

    @Bean
    Sources liveSources(
            ConversationReader conversations,
            RecentChanges recent,
            LogReader reader,
            @Qualifier("storedSessions") SessionRepository storedSessions,
            ChangeEncoder encoder,
            LiveFrames frames) {
        return new Sources(conversations, recent, reader, storedSessions, encoder, frames);
    }

    @Bean
    Connections connections(Hubs hubs, Sources liveSources, OpenConnections open, PresenceWatch presenceWatch) {
        return new Connections(hubs, liveSources, open, presenceWatch);
    }

    @Bean
    Engine engine(
            Authenticate authenticate, Connections connections, UserDirectory users, LiveFrames frames, Epoch epoch) {
        return new Engine(authenticate, connections, users, frames, epoch);
    }

    @Bean
    Gateways gateways(MessageGateway messages, ReceiptGateway receipts, SayTyping typing) {
        return new Gateways(messages, receipts, typing);
    }

    @Bean
    Surroundings surroundings(Closing closing, Tenure tenure, EventLoops liveLoops) {
        return new Surroundings(closing, tenure, liveLoops);
    }

    @Bean
    Sessions sessions(
            Gateways gateways, ReadyFrames ready, FrameCodec codec, Engine engine, Surroundings surroundings) {
        return new Sessions(gateways, ready, codec, engine, surroundings);
    }
}
