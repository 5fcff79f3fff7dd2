package io.parley.app.gateway;

import io.parley.api.Problem;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the readers and writers of the public contract at start: Jackson makes them under a lock, for which the event loops
 * of a first crowd would wait.
 */
@Component
final class JsonWarmUp {

    JsonWarmUp(JsonMapper json) {
        ClassPathScanningCandidateComponentProvider contract = new ClassPathScanningCandidateComponentProvider(false);
        contract.addIncludeFilter(new RegexPatternTypeFilter(Pattern.compile(".*")));
        contract.findCandidateComponents(Problem.class.getPackageName()).stream()
                .map(BeanDefinition::getBeanClassName)
                .map(name -> ClassUtils.resolveClassName(String.valueOf(name), Problem.class.getClassLoader()))
                .filter(Class::isRecord)
                .forEach(type -> warmUp(json, type));
    }

    private static void warmUp(JsonMapper json, Class<?> type) {
        json.readerFor(type);
        json.writerFor(type);
    }
}
