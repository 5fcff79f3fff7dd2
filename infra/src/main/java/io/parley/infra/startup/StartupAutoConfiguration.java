package io.parley.infra.startup;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;

/** Opens the backends at start, and shows their health as the component {@code backends}. */
@AutoConfiguration
@EnableConfigurationProperties(StartupProperties.class)
public class StartupAutoConfiguration {

    @Bean
    Backends backendsAtStart(List<Backend> backends, StartupProperties properties) {
        return new Backends(backends, properties.patience());
    }

    @Bean
    ReactiveHealthContributor backendsHealthContributor(List<Backend> backends) {
        Map<String, Backend> byName = backends.stream()
                .collect(Collectors.toMap(backend -> backend.name().toLowerCase(Locale.ROOT), Function.identity()));
        return CompositeReactiveHealthContributor.fromMap(byName, BackendHealthIndicator::new);
    }
}
