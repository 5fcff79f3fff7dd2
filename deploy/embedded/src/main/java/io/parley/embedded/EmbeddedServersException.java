package io.parley.embedded;

import org.jspecify.annotations.Nullable;

/** Why the servers are not there, told to a person: what happened, which log to read and what to do. */
public final class EmbeddedServersException extends RuntimeException {

    EmbeddedServersException(String message) {
        this(message, null);
    }

    EmbeddedServersException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
