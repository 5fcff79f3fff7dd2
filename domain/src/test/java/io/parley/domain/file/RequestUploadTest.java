package io.parley.domain.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class RequestUploadTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final FileId ID = new FileId(new UUID(0, 7));
    private static final FileDraft DRAFT = new FileDraft("image/png", 12);

    private final Signed store = new Signed();

    @Test
    void anUploadIsSignedForAFreshId() {
        RequestUpload requestUpload = new RequestUpload(store, (limit, caller) -> Mono.empty(), () -> ID);

        StepVerifier.create(requestUpload.request("10.0.0.1", DRAFT))
                .assertNext(upload -> assertThat(upload.id()).isEqualTo(ID))
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(store.drafts).containsExactly(DRAFT);
    }

    @Test
    void aRefusedCallerGetsNoSignature() {
        LimitExceeded refusal = new LimitExceeded(ErrorCode.RATE_EXCEEDED, Duration.ofSeconds(3));
        RequestUpload requestUpload = new RequestUpload(store, (limit, caller) -> Mono.error(refusal), () -> ID);

        StepVerifier.create(requestUpload.request("10.0.0.1", DRAFT))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(refusal))
                .verify(TIMEOUT);
        assertThat(store.drafts).isEmpty();
    }

    private static final class Signed implements FileStore {
        final List<FileDraft> drafts = new ArrayList<>();

        @Override
        public Mono<Upload> upload(FileId id, FileDraft draft) {
            drafts.add(draft);
            return Mono.just(new Upload(id, URI.create("http://files.example/"), Map.of(), Instant.EPOCH));
        }

        @Override
        public Mono<URI> download(FileId id) {
            return Mono.error(new AssertionError("nobody downloads"));
        }
    }
}
