package io.parley.infra.password;

import io.parley.domain.auth.PasswordHasher;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Hashes passwords on threads of their own. */
@AutoConfiguration
public class PasswordAutoConfiguration {
    static final int QUEUE = 100;

    private static final int IDLE_SECONDS = 60;

    /** One core is left for the event loops. */
    @Bean(destroyMethod = "dispose")
    Scheduler passwordScheduler() {
        return scheduler(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), QUEUE);
    }

    @Bean
    PasswordHasher passwordHasher(Scheduler passwordScheduler) {
        return new Argon2PasswordHasher(passwordScheduler);
    }

    /** Rejects what does not fit into the queue, of which each thread has its share. */
    static Scheduler scheduler(int threads, int queue) {
        return Schedulers.newBoundedElastic(threads, Math.max(1, queue / threads), "password", IDLE_SECONDS, true);
    }
}
