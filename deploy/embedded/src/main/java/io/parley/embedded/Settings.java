package io.parley.embedded;

import io.parley.embedded.Credentials.Secret;
import io.parley.embedded.Ports.Port;
import java.util.HashMap;
import java.util.Map;

/** The {@code PARLEY_*} variables that point a Parley server at the servers of a folder. */
record Settings(Ports ports, Credentials credentials, Certificates certificates, boolean redisTls) {

    Map<String, String> plain() {
        Map<String, String> settings = common();
        settings.put("PARLEY_POSTGRES_TLS", "false");
        settings.put("PARLEY_REDIS_ADDRESS", ports.address(Port.REDIS));
        settings.put("PARLEY_REDIS_TLS", "false");
        settings.put("PARLEY_KAFKA_ADDRESSES", ports.address(Port.KAFKA));
        settings.put("PARLEY_KAFKA_TLS", "false");
        settings.put("PARLEY_S3_URL", "http://" + ports.address(Port.S3));
        return settings;
    }

    /** A Redis that was built without TLS stays without it here. */
    Map<String, String> tls() {
        String authority = certificates.authority().toString();
        Map<String, String> settings = common();
        settings.put("PARLEY_POSTGRES_TLS", "true");
        settings.put("PARLEY_POSTGRES_CA_FILE", authority);
        settings.put("PARLEY_REDIS_ADDRESS", ports.address(redisTls ? Port.REDIS_TLS : Port.REDIS));
        if (redisTls) {
            settings.put("PARLEY_REDIS_TLS", "true");
            settings.put("PARLEY_REDIS_CA_FILE", authority);
        }
        settings.put("PARLEY_KAFKA_ADDRESSES", ports.address(Port.KAFKA_TLS));
        settings.put("PARLEY_KAFKA_TLS", "true");
        settings.put("PARLEY_KAFKA_CA_FILE", authority);
        settings.put("PARLEY_S3_URL", "https://" + ports.address(Port.S3_TLS));
        settings.put("PARLEY_S3_CA_FILE", authority);
        return settings;
    }

    private Map<String, String> common() {
        Map<String, String> settings = new HashMap<>();
        settings.put("PARLEY_POSTGRES_ADDRESS", ports.address(Port.POSTGRES));
        settings.put("PARLEY_POSTGRES_DATABASE", PostgresRoles.DATABASE);
        settings.put("PARLEY_POSTGRES_USER", PostgresRoles.APPLICATION);
        settings.put("PARLEY_POSTGRES_PASSWORD", credentials.get(Secret.POSTGRES_APPLICATION));
        settings.put("PARLEY_MIGRATION_USER", PostgresRoles.MIGRATION);
        settings.put("PARLEY_MIGRATION_PASSWORD", credentials.get(Secret.POSTGRES_MIGRATION));
        settings.put("PARLEY_REDIS_USER", RedisPart.USER);
        settings.put("PARLEY_REDIS_PASSWORD", credentials.get(Secret.REDIS));
        settings.put("PARLEY_KAFKA_USER", KafkaPart.USER);
        settings.put("PARLEY_KAFKA_PASSWORD", credentials.get(Secret.KAFKA));
        settings.put("PARLEY_S3_REGION", "us-east-1");
        settings.put("PARLEY_S3_BUCKET", S3Part.BUCKET);
        settings.put("PARLEY_S3_ACCESS_KEY", credentials.get(Secret.S3_ACCESS));
        settings.put("PARLEY_S3_SECRET_KEY", credentials.get(Secret.S3));
        return settings;
    }
}
