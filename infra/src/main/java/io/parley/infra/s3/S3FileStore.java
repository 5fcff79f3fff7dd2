package io.parley.infra.s3;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.file.FileDraft;
import io.parley.domain.file.FileId;
import io.parley.domain.file.FileStore;
import io.parley.domain.file.Upload;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** Signs URLs for a private bucket. Type and length are part of an upload's signature. */
final class S3FileStore implements FileStore {
    private static final Duration UPLOAD_WITHIN = Duration.ofMinutes(5);
    private static final Duration DOWNLOAD_WITHIN = Duration.ofMinutes(2);

    private final S3AsyncClient client;
    private final S3Presigner presigner;
    private final String bucket;

    S3FileStore(S3AsyncClient client, S3Presigner presigner, String bucket) {
        this.client = client;
        this.presigner = presigner;
        this.bucket = bucket;
    }

    @Override
    public Mono<Upload> upload(FileId id, FileDraft draft) {
        return Mono.fromSupplier(() -> presigner.presignPutObject(
                        presign -> presign.signatureDuration(UPLOAD_WITHIN).putObjectRequest(put -> put.bucket(bucket)
                                .key(key(id))
                                .contentType(draft.type())
                                .contentLength(draft.size()))))
                .map(signed -> upload(id, signed));
    }

    private static Upload upload(FileId id, PresignedPutObjectRequest signed) {
        Map<String, String> headers = signed.signedHeaders().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("host"))
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, header -> header.getValue().get(0)));
        return new Upload(id, URI.create(signed.url().toString()), headers, signed.expiration());
    }

    @Override
    public Mono<URI> download(FileId id) {
        return Mono.fromFuture(
                        () -> client.headObject(head -> head.bucket(bucket).key(key(id))))
                .onErrorMap(S3FileStore::translated)
                .map(head -> signedDownload(id));
    }

    private URI signedDownload(FileId id) {
        return URI.create(presigner
                .presignGetObject(
                        presign -> presign.signatureDuration(DOWNLOAD_WITHIN).getObjectRequest(get -> get.bucket(bucket)
                                .key(key(id))
                                .responseContentDisposition("attachment; filename=\"" + id.value() + "\"")))
                .url()
                .toString());
    }

    private static Throwable translated(Throwable error) {
        return error instanceof NoSuchKeyException
                ? new NotFound(ErrorCode.FILE_UNKNOWN)
                : new Unavailable(ErrorCode.FILES_UNAVAILABLE, error);
    }

    private static String key(FileId id) {
        return "files/" + id.value();
    }
}
