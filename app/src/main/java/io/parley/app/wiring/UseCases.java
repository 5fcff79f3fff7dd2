package io.parley.app.wiring;

import io.parley.app.gateway.TimeOrderedIds;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.file.FileId;
import io.parley.domain.file.FileStore;
import io.parley.domain.file.RequestUpload;
import io.parley.domain.live.ChangeFeed;
import io.parley.domain.live.ChangePublisher;
import io.parley.domain.live.FollowChanges;
import io.parley.domain.message.MessageEncoder;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.MessageRepository;
import io.parley.domain.message.PostMessage;
import io.parley.domain.message.PostMessage.Announcement;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the domain's use cases, which know nothing of Spring. */
@Configuration(proxyBeanMethods = false)
class UseCases {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    PostMessage postMessage(
            MessageRepository messages,
            RateLimiter limiter,
            MessageEncoder encoder,
            ChangePublisher publisher,
            Clock clock) {
        return new PostMessage(
                messages,
                limiter,
                new Announcement(encoder, publisher),
                () -> new MessageId(TimeOrderedIds.next()),
                clock);
    }

    @Bean
    FollowChanges followChanges(ChangeFeed feed) {
        return new FollowChanges(feed);
    }

    @Bean
    RequestUpload requestUpload(FileStore files, RateLimiter limiter) {
        return new RequestUpload(files, limiter, () -> new FileId(TimeOrderedIds.next()));
    }
}
