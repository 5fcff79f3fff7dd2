package io.parley.app.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.parley.domain.live.HoleReader;
import io.parley.domain.log.BacklogWatch;
import io.parley.domain.log.Outbox.Backlog;
import io.parley.domain.log.Relay;
import java.util.function.ToDoubleFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics of our own. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

    @Bean
    MeterBinder droppedLogLines() {
        return registry -> FunctionCounter.builder(
                        "parley.log.dropped", this, counter -> CountingAsyncAppender.dropped())
                .description("log lines that were dropped because the log could not keep up")
                .register(registry);
    }

    /** What is stored and not published; not a number while PostgreSQL cannot be asked. */
    @Bean
    MeterBinder backlog(BacklogWatch watch) {
        return registry -> {
            Gauge.builder("parley.outbox.size", watch, seen -> of(seen, Backlog::rows))
                    .description("changes that are stored and not published, counted up to 100,000")
                    .register(registry);
            Gauge.builder("parley.outbox.age.seconds", watch, seen -> of(seen, OperationsConfiguration::seconds))
                    .description("age of the oldest of them")
                    .register(registry);
        };
    }

    private static double of(BacklogWatch watch, ToDoubleFunction<Backlog> figure) {
        return watch.latest().stream().mapToDouble(figure).findFirst().orElse(Double.NaN);
    }

    private static double seconds(Backlog backlog) {
        return backlog.age().toMillis() / 1_000.0;
    }

    @Bean
    MeterBinder repairs(HoleReader holes, Relay relay) {
        return registry -> {
            FunctionCounter.builder("parley.holes.read", holes, HoleReader::pagesRead)
                    .description("parts of logs that were read because they were not heard")
                    .register(registry);
            FunctionCounter.builder("parley.relay.published", relay, Relay::published)
                    .description("changes that this node published because the one that stored them did not")
                    .register(registry);
        };
    }
}
