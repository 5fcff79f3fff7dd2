package io.parley.domain.file;

import java.net.URI;
import reactor.core.publisher.Mono;

/** Where files rest. The server signs URLs and never carries the bytes. */
public interface FileStore {

    /** Value: leave to upload this draft under this id, for five minutes. Asks nobody. Errors: none. */
    Mono<Upload> upload(FileId id, FileDraft draft);

    /**
     * Value: a URL that yields the uploaded file as an attachment, for two minutes. Errors: {@code NotFound} if it has
     * not been uploaded, {@code Unavailable}.
     */
    Mono<URI> download(FileId id);
}
