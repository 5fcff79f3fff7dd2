package io.parley.infra.startup;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Binds and validates every settings record of the server as soon as the environment is known, and tells all faults at
 * once. Spring itself stops at the first. Records are found by their annotation, so that none can be forgotten.
 */
final class SettingsCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public int getOrder() {
        return EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        List<String> faults = faults(event.getEnvironment());
        if (!faults.isEmpty()) {
            throw new StartupException(StartupException.CONFIGURATION, faults);
        }
    }

    static List<String> faults(ConfigurableEnvironment environment) {
        try (ValidatorFactory validation = Validation.buildDefaultValidatorFactory()) {
            SettingsCheck.Reader reader =
                    new Reader(Binder.get(environment), validation.getValidator(), new SettingNames(environment));
            return settings()
                    .flatMap(type -> reader.faults(type).stream())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Class<?>> settings() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("io.parley").stream()
                .map(candidate -> ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()), null));
    }

    private record Reader(Binder binder, Validator validator, SettingNames names) {

        Set<String> faults(Class<?> type) {
            String prefix = type.getAnnotation(ConfigurationProperties.class).value();
            Set<String> faults = new TreeSet<>();
            // Created even if no value is bound: settings that are all empty are to be judged too.
            @Nullable
            Object settings =
                    binder.bindOrCreate(prefix, Bindable.of(type), new UnreadableSettings(names, type, faults));
            if (settings != null) {
                List<String> unreadable = faults.stream().map(Reader::variable).toList();
                validator.validate(settings).stream()
                        .map(violation -> fault(prefix, violation))
                        .filter(fault -> !unreadable.contains(variable(fault)))
                        .forEach(faults::add);
            }
            return faults;
        }

        /** What cannot be read has no value yet: what the rules say about that would be a second line for one fault. */
        private static String variable(String fault) {
            return fault.split("[:=]", 2)[0];
        }

        /** A rule about several settings names them itself; the others are named after the component they stand on. */
        private String fault(String prefix, ConstraintViolation<?> violation) {
            String message = violation.getMessage();
            String component = violation.getPropertyPath().toString().replaceAll("([A-Z])", "-$1");
            return message.startsWith("PARLEY_")
                    ? message
                    : names.variable(prefix + "." + component.toLowerCase(java.util.Locale.ROOT)) + ": " + message;
        }
    }
}
