package io.parley.infra.startup;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Notes what cannot be converted and goes on, so that one wrong setting does not hide the next. */
final class UnreadableSettings implements BindHandler {
    private final SettingNames names;
    private final Class<?> settings;
    private final Collection<String> faults;

    UnreadableSettings(SettingNames names, Class<?> settings, Collection<String> faults) {
        this.names = names;
        this.settings = settings;
        this.faults = faults;
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) throws Exception {
        boolean whole = settings.equals(target.getType().toClass());
        if (whole && faults.isEmpty()) {
            throw error;
        }
        if (!whole && !isMissing(name, target, context)) {
            faults.add(names.variable(name.toString()) + ": " + expectation(target));
        }
        return null;
    }

    /** An empty value where none is needed is not unreadable: the rules say whether it may be missing. */
    private static boolean isMissing(ConfigurationPropertyName name, Bindable<?> target, BindContext context) {
        return !target.getType().toClass().isPrimitive()
                && context.getBinder()
                        .bind(name, Bindable.of(String.class))
                        .map(String::isBlank)
                        .orElse(false);
    }

    private static String expectation(Bindable<?> target) {
        return switch (target.getType().toClass().getSimpleName()) {
            case "int", "long" -> "expects a whole number";
            case "boolean" -> "expects true or false";
            case "Duration" -> "expects a duration such as 5s or 2m";
            case "Address" -> "expects host:port";
            case "InetAddress" -> "expects an address of this machine";
            case "List" -> "expects host:port, separated by commas";
            case "URI" -> "expects a URL";
            default -> "cannot be read";
        };
    }
}
