package io.parley.infra.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.file.FileDraft;
import io.parley.domain.file.FileId;
import io.parley.domain.file.FileStore;
import io.parley.domain.file.Upload;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3FileStoreIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TEXT = "hello, file";
    private static final FileDraft DRAFT = new FileDraft("text/plain", TEXT.length());

    private final FileStore files = Node.first().get(FileStore.class);
    private final FileId id = new FileId(UUID.randomUUID());

    @Test
    void anUploadedFileIsDownloadedAsAnAttachment() throws Exception {
        assertThat(put(upload(), TEXT)).isEqualTo(200);

        HttpResponse<String> file = get(download());

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).isEqualTo(TEXT);
        assertThat(file.headers().firstValue("content-type")).contains("text/plain");
        assertThat(file.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"" + id.value() + "\"");
    }

    @Test
    void anUploadSaysAllThatAClientNeeds() {
        Upload upload = upload();

        assertThat(upload.id()).isEqualTo(id);
        assertThat(upload.url().getPath()).endsWith("/files/" + id.value());
        assertThat(caseless(upload.headers()))
                .containsOnly(Map.entry("content-type", "text/plain"), Map.entry("content-length", "11"));
        assertThat(upload.expiresAt())
                .isBetween(Instant.now().plusSeconds(270), Instant.now().plusSeconds(301));
    }

    @Test
    void aLongerOrShorterBodyIsRefused() throws Exception {
        Upload upload = upload();

        assertThat(put(upload, TEXT + "!")).isEqualTo(403);
        assertThat(put(upload, TEXT.substring(1))).isEqualTo(403);
        isNotThere();
    }

    @Test
    void anotherTypeIsRefused() throws Exception {
        Upload upload = upload();
        Map<String, String> headers = caseless(upload.headers());
        headers.put("content-type", "text/html");

        assertThat(put(upload.url(), headers, TEXT)).isEqualTo(403);
        headers.remove("content-type");
        assertThat(put(upload.url(), headers, TEXT)).isEqualTo(403);
        isNotThere();
    }

    @Test
    void withoutItsSignatureAUrlIsWorthNothing() throws Exception {
        Upload upload = upload();
        URI bare = URI.create(upload.url().toString().replaceAll("\\?.*", ""));

        assertThat(put(bare, upload.headers(), TEXT)).isEqualTo(403);
        put(upload, TEXT);
        assertThat(get(bare).statusCode()).isEqualTo(403);
        assertThat(get(URI.create(withAnotherSignature(download()))).statusCode())
                .isEqualTo(403);
    }

    private static String withAnotherSignature(URI url) {
        String text = url.toString();
        int digit = text.indexOf("Signature=") + "Signature=".length();
        char other = text.charAt(digit) == '0' ? '1' : '0';
        return text.substring(0, digit) + other + text.substring(digit + 1);
    }

    @Test
    void aSignatureIsForOneFile() throws Exception {
        put(upload(), TEXT);
        URI other = URI.create(download()
                .toString()
                .replace(id.value().toString(), UUID.randomUUID().toString()));

        assertThat(get(other).statusCode()).isEqualTo(403);
    }

    @Test
    void anExpiredUrlIsRefused() throws Exception {
        put(upload(), TEXT);
        URI shortLived = URI.create(Node.first()
                .get(S3Presigner.class)
                .presignGetObject(presign -> presign.signatureDuration(Duration.ofSeconds(1))
                        .getObjectRequest(get -> get.bucket(bucket()).key("files/" + id.value())))
                .url()
                .toString());

        Awaitility.await()
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(get(shortLived).statusCode()).isEqualTo(403));
        assertThat(get(download()).statusCode()).isEqualTo(200);
    }

    @Test
    void whatWasNotUploadedIsNotFound() {
        upload();
        isNotThere();
    }

    @Test
    void withoutS3UploadsAreSignedAndDownloadsAreUnavailable() throws Exception {
        Servers.without(EmbeddedServer.S3, () -> {
            upload();
            assertThat(files.download(id)).as("assembling asks nobody").isNotNull();
            StepVerifier.create(files.download(id).subscribeOn(Schedulers.parallel()))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(Unavailable.class, away -> assertThat(away.code())
                                    .isEqualTo(ErrorCode.FILES_UNAVAILABLE)))
                    .verify(TIMEOUT);
        });

        assertThat(put(upload(), TEXT)).isEqualTo(200);
        assertThat(get(download()).body()).isEqualTo(TEXT);
    }

    private Upload upload() {
        return onAnEventThread(files.upload(id, DRAFT));
    }

    private URI download() {
        return onAnEventThread(files.download(id));
    }

    private static <T> T onAnEventThread(Mono<T> asked) {
        return asked.subscribeOn(Schedulers.parallel()).block(TIMEOUT);
    }

    private void isNotThere() {
        StepVerifier.create(files.download(id))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(NotFound.class, unknown -> assertThat(unknown.code())
                                .isEqualTo(ErrorCode.FILE_UNKNOWN)))
                .verify(TIMEOUT);
    }

    private static String bucket() {
        return Servers.properties().get("parley.s3.bucket");
    }

    private static Map<String, String> caseless(Map<String, String> headers) {
        Map<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        return caseless;
    }

    private static int put(Upload upload, String body) throws IOException, InterruptedException {
        return put(upload.url(), upload.headers(), body);
    }

    private static int put(URI url, Map<String, String> headers, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).PUT(BodyPublishers.ofString(body));
        // The length is the client's own to say.
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-length")) {
                request.header(name, value);
            }
        });
        return send(request).statusCode();
    }

    private static HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    }
}
