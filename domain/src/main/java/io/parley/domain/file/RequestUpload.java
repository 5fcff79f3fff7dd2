package io.parley.domain.file;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Gives a caller leave to upload one file. */
public final class RequestUpload {
    static final RateLimit LIMIT = new RateLimit("upload", 10, Duration.ofSeconds(6));

    private final FileStore files;
    private final RateLimiter limiter;
    private final Supplier<FileId> ids;

    public RequestUpload(FileStore files, RateLimiter limiter, Supplier<FileId> ids) {
        this.files = files;
        this.limiter = limiter;
        this.ids = ids;
    }

    /** Value: where and how to upload. Errors: those of the limiter and of the store. */
    public Mono<Upload> request(String caller, FileDraft draft) {
        return limiter.acquire(LIMIT, caller)
                .then(Mono.defer(() -> files.upload(ids.get(), draft)))
                .checkpoint("RequestUpload");
    }
}
