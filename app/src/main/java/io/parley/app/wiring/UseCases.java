package io.parley.app.wiring;

import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.file.FileId;
import io.parley.domain.file.FileStore;
import io.parley.domain.file.RequestUpload;
import io.parley.domain.presence.FindPresence;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.presence.SayTyping;
import java.time.Clock;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the domain's use cases, which know nothing of Spring. */
@Configuration(proxyBeanMethods = false)
class UseCases {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Who knows a file's id may read the file: nobody is to guess it. */
    @Bean
    RequestUpload requestUpload(FileStore files, RateLimiter limiter) {
        return new RequestUpload(files, limiter, () -> new FileId(UUID.randomUUID()));
    }

    @Bean
    FindPresence findPresence(ConversationReader conversations, PresenceRegistry registry) {
        return new FindPresence(conversations, registry);
    }

    @Bean
    SayTyping sayTyping(ConversationReader conversations, HintChannel channel, RateLimiter limiter) {
        return new SayTyping(conversations, channel, limiter);
    }
}
