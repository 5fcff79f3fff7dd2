package io.parley.loadtests;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A setting that is refused.
 *
 * @param settings what is wrong, with what else it takes for that
 * @param line what the node says, exactly
 */
record BrokenSetting(Map<String, String> settings, String line) {
    private static final String WHOLE_NUMBER = ": expects a whole number";
    private static final String BOOLEAN = ": expects true or false";
    private static final String DURATION = ": expects a duration such as 5s or 2m";
    private static final String AT_MOST_65535 = ": must be less than or equal to 65535";
    private static final String OF_THIS_MACHINE = ": expects an address of this machine";
    private static final String HOST_AND_PORT = ": expects host:port";
    private static final String CA_FILE = ": cannot be read as PEM certificates";
    private static final String LEVEL = ": expects trace, debug, info, warn or error";
    private static final String ORIGIN =
            "PARLEY_ORIGINS: expects origins such as https://chat.example.org, separated by commas";
    private static final String PLAINTEXT =
            ": the link is not encrypted and leaves this machine; PARLEY_ALLOW_PLAINTEXT=true allows that";
    private static final String URL =
            "PARLEY_S3_URL: expects a URL that begins with https:// or http:// and names a host";

    /** Everything an operator can get wrong that shows before any server is asked. */
    static List<BrokenSetting> all() {
        return List.of(
                one("PARLEY_HTTP_PORT", "http", WHOLE_NUMBER),
                one("PARLEY_HTTP_PORT", "", WHOLE_NUMBER),
                one("PARLEY_HTTP_PORT", "65536", AT_MOST_65535),
                one("PARLEY_RSOCKET_PORT", "-1", ": must be greater than or equal to 0"),
                one("PARLEY_MANAGEMENT_PORT", "8080/tcp", WHOLE_NUMBER),
                one("PARLEY_MANAGEMENT_PORT", "70000", AT_MOST_65535),
                one("PARLEY_HTTP_ADDRESS", "300.1.1.1", OF_THIS_MACHINE),
                one("PARLEY_RSOCKET_ADDRESS", "no such host", OF_THIS_MACHINE),
                one("PARLEY_MANAGEMENT_ADDRESS", "1.2.3.4.5", OF_THIS_MACHINE),
                alone("PARLEY_ORIGINS", "*", ORIGIN),
                alone("PARLEY_ORIGINS", "https://chat.example.org/lobby", ORIGIN),
                alone("PARLEY_ORIGINS", "https://chat.example.org,chat.example.org", ORIGIN),
                one("PARLEY_TOKEN_ISSUER", " ", ": is missing: the name of this installation in its tokens"),
                one("PARLEY_REGISTRATION_BURST", "0", ": must be greater than or equal to 1"),
                one("PARLEY_REGISTRATION_BURST", "few", WHOLE_NUMBER),
                one("PARLEY_SIGN_IN_BURST", "-1", ": must be greater than or equal to 1"),
                one("PARLEY_SIGN_IN_BURST", "", WHOLE_NUMBER),
                one("PARLEY_STARTUP_PATIENCE", "long", DURATION),
                one("PARLEY_STARTUP_PATIENCE", "11m", ": must be shorter than or equal to 10 minutes"),
                one("PARLEY_DRAIN_NOTICE", "", DURATION),
                one("PARLEY_DRAIN_NOTICE", "9s", ": must be shorter than or equal to 8 seconds"),
                one("PARLEY_LOG_FORMAT", "xml", ": expects json or text"),
                one("PARLEY_LOG_LEVEL", "loud", LEVEL),
                one("PARLEY_LOG_LEVEL", "", LEVEL),
                one("PARLEY_POSTGRES_ADDRESS", "db.example.org", HOST_AND_PORT),
                one("PARLEY_POSTGRES_ADDRESS", "127.0.0.1:99999", HOST_AND_PORT),
                several(
                        "PARLEY_POSTGRES_TLS=false" + PLAINTEXT,
                        "PARLEY_POSTGRES_ADDRESS",
                        "db.example.org:5432",
                        "PARLEY_POSTGRES_TLS",
                        "false"),
                one("PARLEY_POSTGRES_TLS", "maybe", BOOLEAN),
                one("PARLEY_POSTGRES_CA_FILE", "/nowhere/ca.pem", CA_FILE),
                one("PARLEY_POSTGRES_CA_FILE", "pom.xml", CA_FILE),
                one("PARLEY_POSTGRES_POOL_SIZE", "1", ": must be greater than or equal to 2"),
                one("PARLEY_POSTGRES_POOL_SIZE", "many", WHOLE_NUMBER),
                one("PARLEY_POSTGRES_ACQUIRE_TIMEOUT", "soon", DURATION),
                one("PARLEY_POSTGRES_STATEMENT_TIMEOUT", "1ms", ": must be longer than or equal to 100 millis"),
                several(
                        "PARLEY_POSTGRES_ANSWER_TIMEOUT: must be longer than PARLEY_POSTGRES_STATEMENT_TIMEOUT",
                        "PARLEY_POSTGRES_STATEMENT_TIMEOUT",
                        "6s",
                        "PARLEY_POSTGRES_ANSWER_TIMEOUT",
                        "6s"),
                one("PARLEY_POSTGRES_PASSWORD", " ", ": is missing: the password of the application's role"),
                one("PARLEY_KAFKA_ADDRESSES", "127.0.0.1:9092,kafka", HOST_AND_PORT + ", separated by commas"),
                several(
                        "PARLEY_KAFKA_TLS=false" + PLAINTEXT,
                        "PARLEY_KAFKA_ADDRESSES",
                        "127.0.0.1:9092,kafka.example.org:9092",
                        "PARLEY_KAFKA_TLS",
                        "false"),
                one("PARLEY_KAFKA_TLS", "2", BOOLEAN),
                one("PARLEY_KAFKA_CA_FILE", "/nowhere/ca.pem", CA_FILE),
                several(
                        "PARLEY_KAFKA_PASSWORD: is missing, and PARLEY_KAFKA_USER is set",
                        "PARLEY_KAFKA_USER",
                        "parley",
                        "PARLEY_KAFKA_PASSWORD",
                        ""),
                one("PARLEY_KAFKA_PARTITIONS", "0", ": must be greater than or equal to 1"),
                one("PARLEY_KAFKA_REPLICATION", "10", ": must be less than or equal to 9"),
                one("PARLEY_REDIS_ADDRESS", "redis:", HOST_AND_PORT),
                several(
                        "PARLEY_REDIS_TLS=false" + PLAINTEXT,
                        "PARLEY_REDIS_ADDRESS",
                        "10.0.0.7:6379",
                        "PARLEY_REDIS_TLS",
                        "false"),
                one("PARLEY_REDIS_TLS", "ja", BOOLEAN),
                one("PARLEY_REDIS_CA_FILE", "/nowhere/ca.pem", CA_FILE),
                several(
                        "PARLEY_REDIS_PASSWORD: is missing, and PARLEY_REDIS_USER is set",
                        "PARLEY_REDIS_USER",
                        "parley",
                        "PARLEY_REDIS_PASSWORD",
                        ""),
                one("PARLEY_REDIS_TIMEOUT", "1ms", ": must be longer than or equal to 10 millis"),
                alone("PARLEY_S3_URL", "s3.example.org", URL),
                alone("PARLEY_S3_URL", "ftp://s3.example.org", URL),
                one("PARLEY_S3_URL", "http://s3.example.org", PLAINTEXT),
                one("PARLEY_S3_REGION", "", ": is missing"),
                one("PARLEY_S3_CA_FILE", "/nowhere/ca.pem", CA_FILE),
                one("PARLEY_ALLOW_PLAINTEXT", "perhaps", BOOLEAN));
    }

    /** Whether both can be told in one start. */
    boolean isIndependentOf(Map<String, String> others) {
        return settings.keySet().stream().noneMatch(others::containsKey);
    }

    private static BrokenSetting one(String variable, String value, String fault) {
        return new BrokenSetting(Map.of(variable, value), variable + fault);
    }

    private static BrokenSetting alone(String variable, String value, String line) {
        return new BrokenSetting(Map.of(variable, value), line);
    }

    private static BrokenSetting several(String line, String... pairs) {
        return new BrokenSetting(new HashMap<>(Nodes.with(Map.of(), pairs)), line);
    }

    @Override
    public String toString() {
        return line;
    }
}
