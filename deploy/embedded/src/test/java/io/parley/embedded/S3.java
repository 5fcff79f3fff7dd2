package io.parley.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** S3 by signed addresses, and by whatever else a caller makes up. */
record S3(Map<String, String> settings, String secret) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    S3(Map<String, String> settings) {
        this(settings, settings.get("PARLEY_S3_SECRET_KEY"));
    }

    int put(String key, String body) throws Exception {
        try (S3Presigner presigner = presigner()) {
            URI address = presigner
                    .presignPutObject(request -> request.signatureDuration(Duration.ofMinutes(1))
                            .putObjectRequest(object -> object.bucket(bucket()).key(key)))
                    .url()
                    .toURI();
            return send(HttpRequest.newBuilder(address).PUT(BodyPublishers.ofString(body)))
                    .statusCode();
        }
    }

    HttpResponse<String> get(String key) throws Exception {
        try (S3Presigner presigner = presigner()) {
            URI address = presigner
                    .presignGetObject(request -> request.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(object -> object.bucket(bucket()).key(key)))
                    .url()
                    .toURI();
            return send(HttpRequest.newBuilder(address));
        }
    }

    int getUnsigned(String key, String... headers) throws Exception {
        URI address = URI.create(settings.get("PARLEY_S3_URL") + "/" + bucket() + "/" + key);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        return send(headers.length == 0 ? request : request.headers(headers)).statusCode();
    }

    private String bucket() {
        return settings.get("PARLEY_S3_BUCKET");
    }

    private S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(URI.create(settings.get("PARLEY_S3_URL")))
                .region(Region.of(settings.get("PARLEY_S3_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.get("PARLEY_S3_ACCESS_KEY"), secret)))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    }
}
