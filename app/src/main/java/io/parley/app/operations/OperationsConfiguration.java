package io.parley.app.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
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
}
