package io.parley.loadtests;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** JSON that is only looked into: log lines, health. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    /** Errors: {@code JacksonException} if the text is anything but one object. */
    static Map<String, Object> of(String text) {
        return MAPPER.readValue(text, new TypeReference<Map<String, Object>>() {});
    }

    /** What stands at {@code a.b.c}; null if there is nothing. */
    static @Nullable Object text(Map<?, ?> object, String path) {
        Object found = object;
        for (String name : path.split("\\.", -1)) {
            found = found instanceof Map<?, ?> inner ? inner.get(name) : null;
        }
        return found;
    }
}
