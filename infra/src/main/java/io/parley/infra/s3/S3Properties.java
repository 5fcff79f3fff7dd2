package io.parley.infra.s3;

import io.parley.infra.startup.Address;
import io.parley.infra.startup.TransportRule;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param url of the endpoint, as clients reach it too: they upload and download there
 * @param caFile PEM file of the certificates to trust; absent: those of the JDK
 */
@Validated
@ConfigurationProperties("parley.s3")
record S3Properties(
        @NotNull(message = "is missing: the URL of the S3 endpoint")
        URI url,

        @NotBlank(message = "is missing") String region,

        @NotBlank(message = "is missing: the name of the bucket")
        String bucket,

        @NotBlank(message = "is missing: the access key") String accessKey,
        @NotBlank(message = "is missing: the secret key") String secretKey,
        @Nullable Path caFile,
        boolean allowPlaintext) {

    @AssertTrue(message = "PARLEY_S3_URL: expects a URL that begins with https:// or http:// and names a host")
    boolean isUrlOfHttp() {
        return url == null
                || (("https".equals(url.getScheme()) || "http".equals(url.getScheme())) && url.getHost() != null);
    }

    @AssertTrue(message = "PARLEY_S3_URL: the link" + TransportRule.PLAINTEXT)
    boolean isLinkSafe() {
        return url == null
                || !isUrlOfHttp()
                || TransportRule.safe(
                        "https".equals(url.getScheme()), Address.isLoopback(url.getHost()), allowPlaintext);
    }

    @AssertTrue(message = "PARLEY_S3_CA_FILE: " + TransportRule.CA_FILE)
    boolean isCaFileReadable() {
        return TransportRule.readable(caFile);
    }
}
