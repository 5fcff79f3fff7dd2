package io.parley.app.wiring;

import io.parley.domain.auth.RateLimiter;
import io.parley.domain.log.Announcer;
import io.parley.domain.personal.ChangePersonal;
import io.parley.domain.personal.ChangePreferences;
import io.parley.domain.personal.PrivateState;
import io.parley.domain.personal.PrivateWrites;
import io.parley.domain.personal.SaveDraft;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the use cases of what people keep for themselves. */
@Configuration(proxyBeanMethods = false)
class PrivateUseCases {
    @Bean
    PrivateWrites privateWrites(PrivateState state, RateLimiter limiter, Announcer announcer) {
        return new PrivateWrites(state, limiter, announcer);
    }

    @Bean
    ChangePreferences changePreferences(PrivateWrites writes) {
        return new ChangePreferences(writes);
    }

    @Bean
    SaveDraft saveDraft(PrivateWrites writes, Clock clock) {
        return new SaveDraft(writes, clock);
    }

    @Bean
    ChangePersonal changePersonal(PrivateWrites writes) {
        return new ChangePersonal(writes);
    }
}
