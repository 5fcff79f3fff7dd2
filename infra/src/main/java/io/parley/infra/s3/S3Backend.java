package io.parley.infra.s3;

import static io.parley.infra.startup.StartupException.setting;

import io.parley.infra.startup.Backend;
import io.parley.infra.startup.TransportRule;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 as a server that ours can do without: messages flow, files do not. */
final class S3Backend implements Backend {
    private final S3AsyncClient client;
    private final S3Properties properties;

    S3Backend(S3AsyncClient client, S3Properties properties) {
        this.client = client;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "S3";
    }

    @Override
    public boolean required() {
        return false;
    }

    /** The first call loads the classes that make calls, which may take a busy machine longer than a call may: once more then. */
    @Override
    public Mono<Void> open() {
        return ping().onErrorResume(ApiCallTimeoutException.class, late -> ping())
                .onErrorMap(this::explained);
    }

    @Override
    public Mono<Void> ping() {
        return Mono.fromFuture(() -> client.headBucket(head -> head.bucket(properties.bucket())))
                .then();
    }

    private Throwable explained(Throwable error) {
        if (error instanceof S3Exception refused && refused.statusCode() == 403) {
            return setting("PARLEY_S3_ACCESS_KEY / PARLEY_S3_SECRET_KEY", "S3 refuses them for " + properties.bucket());
        }
        if (error instanceof S3Exception refused && refused.statusCode() == 404) {
            return setting("PARLEY_S3_BUCKET", "there is no bucket " + properties.bucket());
        }
        if (TransportRule.untrusted(error)) {
            return setting("PARLEY_S3_CA_FILE", "the certificate of S3 is not trusted");
        }
        return error;
    }
}
