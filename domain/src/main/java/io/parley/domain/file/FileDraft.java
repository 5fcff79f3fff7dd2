package io.parley.domain.file;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import java.util.Set;

/**
 * A file that somebody wants to upload.
 *
 * @param type its media type, one of {@link #TYPES}: no type that a browser would run
 * @param size in bytes, from 1 to {@value #MAX_SIZE}
 */
public record FileDraft(String type, long size) {
    public static final long MAX_SIZE = 10L * 1024 * 1024;
    public static final Set<String> TYPES =
            Set.of("image/png", "image/jpeg", "image/webp", "application/pdf", "text/plain");

    public FileDraft {
        if (!TYPES.contains(type)) {
            throw new InvalidInput(ErrorCode.FILE_TYPE);
        }
        if (size < 1 || size > MAX_SIZE) {
            throw new InvalidInput(ErrorCode.FILE_SIZE);
        }
    }
}
