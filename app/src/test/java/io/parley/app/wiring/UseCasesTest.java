package io.parley.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.file.FileDraft;
import io.parley.domain.file.FileId;
import io.parley.domain.file.FileStore;
import io.parley.domain.file.RequestUpload;
import io.parley.domain.file.Upload;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class UseCasesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int RANDOM = 4;

    @Test
    void theIdOfAFileTellsNothingOfTheNext() {
        RequestUpload uploads = new UseCases().requestUpload(new Signed(), (limit, caller) -> Mono.empty());

        StepVerifier.create(uploads.request("somebody", new FileDraft("image/png", 12)))
                .assertNext(upload -> assertThat(upload.id().value().version()).isEqualTo(RANDOM))
                .expectComplete()
                .verify(TIMEOUT);
    }

    private static final class Signed implements FileStore {
        @Override
        public Mono<Upload> upload(FileId id, FileDraft draft) {
            return Mono.just(new Upload(id, URI.create("http://files.example/"), Map.of(), Instant.EPOCH));
        }

        @Override
        public Mono<URI> download(FileId id) {
            return Mono.error(new AssertionError("nobody downloads"));
        }
    }
}
