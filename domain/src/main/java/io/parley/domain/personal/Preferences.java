package io.parley.domain.personal;

import java.util.Map;

/** What the clients of one user keep for all devices of that user: texts by name, which mean something to clients alone. */
public record Preferences(Map<String, String> values) {
    /** Most names. */
    public static final int MAX_NAMES = 64;
    /** Names and texts together, in bytes of UTF-8. */
    public static final int MAX_BYTES = 16 * 1024;
}
