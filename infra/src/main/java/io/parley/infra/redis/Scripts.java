package io.parley.infra.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.RedisScript;

/** The scripts in {@code resources/lua}, each of which returns a number. */
final class Scripts {

    private Scripts() {}

    /** To be called when a class is loaded: given the resource, Spring would read it on the event loop of the first caller. */
    static RedisScript<Long> read(String file) {
        try {
            String script = new ClassPathResource("lua/" + file).getContentAsString(StandardCharsets.UTF_8);
            return HashedScript.of(script);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
