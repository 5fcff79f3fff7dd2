package io.parley.app.gateway;

import io.parley.api.UploadView;
import io.parley.domain.file.FileDraft;
import io.parley.domain.file.FileId;
import io.parley.domain.file.FileStore;
import io.parley.domain.file.RequestUpload;
import java.net.URI;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Files in the words of the public contract. Errors are the domain's. */
@Component
public final class FileGateway {
    private final RequestUpload requestUpload;
    private final FileStore files;

    FileGateway(RequestUpload requestUpload, FileStore files) {
        this.requestUpload = requestUpload;
        this.files = files;
    }

    /** Value: leave to upload. Needs a {@link RequestContext}. */
    public Mono<UploadView> upload(io.parley.api.RequestUpload request) {
        return RequestContext.current()
                .flatMap(context -> requestUpload.request(
                        context.caller(), new FileDraft(Required.field(request.type()), request.size())))
                .map(upload -> new UploadView(upload.id().value(), upload.url(), upload.headers(), upload.expiresAt()));
    }

    /** Value: a short-lived URL of the file. */
    public Mono<URI> download(UUID id) {
        return files.download(new FileId(id));
    }
}
