package io.parley.embedded;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The folder's secrets, made by chance at its first start and kept with its data's users in mind. */
record Credentials(Map<Secret, String> values) {
    private static final int BYTES = 20;

    enum Secret {
        POSTGRES_SUPERUSER,
        POSTGRES_MIGRATION,
        POSTGRES_APPLICATION,
        REDIS,
        KAFKA,
        KAFKA_CONTROLLER,
        S3_ACCESS,
        S3,
        KEYSTORE
    }

    static Credentials of(Folder folder) {
        Map<String, String> entries = new TreeMap<>();
        PrivateFile.read(folder.credentials()).ifPresent(known -> known.stringPropertyNames()
                .forEach(name -> entries.put(name, known.getProperty(name))));
        for (Secret secret : Secret.values()) {
            entries.putIfAbsent(secret.name(), random());
        }
        PrivateFile.write(folder.credentials(), entries);
        Map<Secret, String> values = new TreeMap<>();
        for (Secret secret : Secret.values()) {
            values.put(secret, entries.getOrDefault(secret.name(), ""));
        }
        return new Credentials(values);
    }

    String get(Secret secret) {
        return values.getOrDefault(secret, "");
    }

    /** Letters and digits only: such a secret needs no quoting anywhere. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "Credentials[not shown]";
    }
}
