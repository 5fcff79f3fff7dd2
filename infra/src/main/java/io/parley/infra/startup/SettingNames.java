package io.parley.infra.startup;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;

/** Knows the environment variable of each setting: the one that {@code application.yaml} takes its value from. */
final class SettingNames {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(PARLEY_[A-Z0-9_]+)");

    private final ConfigurableEnvironment environment;

    SettingNames(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    String variable(String property) {
        return environment.getPropertySources().stream()
                .map(source -> source.getProperty(property))
                .filter(Objects::nonNull)
                .map(value -> PLACEHOLDER.matcher(value.toString()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseGet(() -> property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT));
    }
}
