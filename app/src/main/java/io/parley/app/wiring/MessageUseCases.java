package io.parley.app.wiring;

import io.parley.app.gateway.TimeOrderedIds;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.log.Announcer;
import io.parley.domain.log.Announcer.Kept;
import io.parley.domain.log.BacklogWatch;
import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.ChangePublisher;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Outbox;
import io.parley.domain.log.RecentChanges;
import io.parley.domain.log.RecentWriter;
import io.parley.domain.log.Relay;
import io.parley.domain.message.DeleteMessage;
import io.parley.domain.message.EditMessage;
import io.parley.domain.message.LogWriter;
import io.parley.domain.message.MarkRead;
import io.parley.domain.message.MarkReceived;
import io.parley.domain.message.MessageHistory;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.MessageLog;
import io.parley.domain.message.ReadHistory;
import io.parley.domain.message.ReadPositions;
import io.parley.domain.message.Receipts;
import io.parley.domain.message.SendMessage;
import io.parley.domain.presence.HintChannel;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the use cases of messages, and what carries their changes to all nodes. */
@Configuration(proxyBeanMethods = false)
class MessageUseCases {
    @Bean
    RecentWriter recentWriter(RecentChanges recent) {
        return new RecentWriter(recent);
    }

    @Bean
    Announcer announcer(
            ChangeEncoder encoder, ChangePublisher publisher, LogReader reader, RecentWriter recent, Outbox outbox) {
        return new Announcer(encoder, publisher, reader, new Kept(recent, outbox));
    }

    @Bean
    Relay relay(Outbox outbox, LogReader reader, ChangeEncoder encoder, ChangePublisher publisher) {
        return new Relay(outbox, reader, encoder, publisher);
    }

    @Bean
    BacklogWatch backlogWatch(Outbox outbox) {
        return new BacklogWatch(outbox);
    }

    @Bean
    LogWriter logWriter(MessageLog log, Announcer announcer) {
        return new LogWriter(log, announcer);
    }

    @Bean
    SendMessage sendMessage(LogWriter writer, RateLimiter limiter, Clock clock) {
        return new SendMessage(writer, limiter, () -> new MessageId(TimeOrderedIds.next()), clock);
    }

    @Bean
    EditMessage editMessage(LogWriter writer, RateLimiter limiter, Clock clock) {
        return new EditMessage(writer, limiter, clock);
    }

    @Bean
    DeleteMessage deleteMessage(LogWriter writer, RateLimiter limiter, Clock clock) {
        return new DeleteMessage(writer, limiter, clock);
    }

    @Bean
    Receipts receipts(ReadPositions positions, RateLimiter limiter, HintChannel channel, Announcer announcer) {
        return new Receipts(positions, limiter, channel, announcer);
    }

    @Bean
    MarkRead markRead(Receipts receipts) {
        return new MarkRead(receipts);
    }

    @Bean
    MarkReceived markReceived(Receipts receipts) {
        return new MarkReceived(receipts);
    }

    @Bean
    ReadHistory readHistory(MessageHistory history) {
        return new ReadHistory(history);
    }
}
