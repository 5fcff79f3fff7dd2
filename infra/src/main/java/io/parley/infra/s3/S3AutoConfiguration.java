package io.parley.infra.s3;

import io.parley.domain.file.FileStore;
import io.parley.infra.startup.Backend;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Keeps files in S3. */
@AutoConfiguration
@EnableConfigurationProperties(S3Properties.class)
public class S3AutoConfiguration {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    @Bean(destroyMethod = "close")
    S3AsyncClient s3Client(S3Properties properties) {
        NettyNioAsyncHttpClient.Builder http =
                NettyNioAsyncHttpClient.builder().connectionTimeout(Duration.ofSeconds(2));
        if (properties.caFile() != null) {
            http.tlsTrustManagersProvider(trust(properties.caFile())::getTrustManagers);
        }
        return S3AsyncClient.builder()
                .httpClientBuilder(http)
                .endpointOverride(properties.url())
                .region(Region.of(properties.region()))
                .credentialsProvider(credentials(properties))
                .forcePathStyle(true)
                .overrideConfiguration(override -> override.apiCallTimeout(CALL_TIMEOUT))
                .build();
    }

    @Bean(destroyMethod = "close")
    S3Presigner s3Presigner(S3Properties properties) {
        return S3Presigner.builder()
                .endpointOverride(properties.url())
                .region(Region.of(properties.region()))
                .credentialsProvider(credentials(properties))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    @Bean
    Backend s3Backend(S3AsyncClient s3Client, S3Properties properties) {
        return new S3Backend(s3Client, properties);
    }

    @Bean
    FileStore fileStore(S3AsyncClient s3Client, S3Presigner s3Presigner, S3Properties properties) {
        return new S3FileStore(s3Client, s3Presigner, properties.bucket());
    }

    private static SslManagerBundle trust(Path caFile) {
        PemSslStoreDetails certificates =
                PemSslStoreDetails.forCertificates(caFile.toUri().toString());
        return SslManagerBundle.from(new PemSslStoreBundle(null, certificates), SslBundleKey.NONE);
    }

    private static AwsCredentialsProvider credentials(S3Properties properties) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(properties.accessKey(), properties.secretKey()));
    }
}
