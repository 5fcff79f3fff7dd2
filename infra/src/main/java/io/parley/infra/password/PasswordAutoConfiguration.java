package io.parley.infra.password;

import io.parley.domain.auth.PasswordHasher;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Hashes passwords on threads of their own. */
@AutoConfiguration
public class PasswordAutoConfiguration {
    static final int QUEUE = 100;

    /** One core is left for the event loops. */
    @Bean(destroyMethod = "dispose")
    Scheduler passwordScheduler() {
        return scheduler(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), QUEUE);
    }

    @Bean
    PasswordHasher passwordHasher(Scheduler passwordScheduler) {
        return new Argon2PasswordHasher(passwordScheduler);
    }

    /** Rejects what does not fit into the queue. */
    static Scheduler scheduler(int threads, int queue) {
        CustomizableThreadFactory daemons = new CustomizableThreadFactory("password-");
        daemons.setDaemon(true);
        return Schedulers.fromExecutorService(new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), daemons));
    }
}
