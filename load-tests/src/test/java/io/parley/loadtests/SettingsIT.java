package io.parley.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong settings are refused before a port opens or a server is asked: all at once, one precise line each. */
class SettingsIT {
    private static final NodePorts PORTS = NodePorts.free();

    /** Right as far as can be seen without asking a server. */
    private static final Map<String, String> RIGHT = Nodes.with(
            PORTS.settings(),
            "PARLEY_POSTGRES_ADDRESS",
            "127.0.0.1:1",
            "PARLEY_POSTGRES_DATABASE",
            "parley",
            "PARLEY_POSTGRES_USER",
            "parley_app",
            "PARLEY_POSTGRES_PASSWORD",
            "one",
            "PARLEY_MIGRATION_USER",
            "parley_migration",
            "PARLEY_MIGRATION_PASSWORD",
            "two",
            "PARLEY_KAFKA_ADDRESSES",
            "127.0.0.1:1",
            "PARLEY_REDIS_ADDRESS",
            "127.0.0.1:1",
            "PARLEY_S3_URL",
            "https://127.0.0.1:1",
            "PARLEY_S3_BUCKET",
            "parley",
            "PARLEY_S3_ACCESS_KEY",
            "three",
            "PARLEY_S3_SECRET_KEY",
            "four");

    private static final List<Start> STARTS = new ArrayList<>();
    private static final Starts TURNS = new Starts();
    private static HeldPorts held;

    /** @param broken what is wrong in this start, all of it independent of each other */
    private record Start(List<BrokenSetting> broken, CompletableFuture<Refusal> refusal) {

        List<String> expected() {
            return broken.stream().map(BrokenSetting::line).sorted().toList();
        }
    }

    @BeforeAll
    static void startAll() {
        held = new HeldPorts(PORTS);
        List<List<BrokenSetting>> groups = groups(BrokenSetting.all());
        IntStream.range(0, groups.size()).forEach(i -> STARTS.add(start("settings-" + i, groups.get(i))));
    }

    @AfterAll
    static void closeAll() throws Exception {
        TURNS.close();
        held.close();
    }

    @Test
    void withoutAnyVariableEachMissingOneIsToldAndNoPortIsOpened() throws Exception {
        try (HeldPorts ports = new HeldPorts(NodePorts.of(Map.of()));
                ServerNode node = Nodes.startExactly("nothing", Map.of())) {
            Refusal refusal = Refusal.of(node);

            assertThat(refusal.exitCode()).isEqualTo(78);
            assertThat(refusal.output()).hasSize(14);
            assertThat(refusal.faults())
                    .containsExactly(
                            "PARLEY_KAFKA_ADDRESSES: is missing: host:port of brokers, separated by commas",
                            "PARLEY_MIGRATION_PASSWORD: is missing: the password of the role that migrates the schema",
                            "PARLEY_MIGRATION_USER: is missing: the role that migrates the schema",
                            "PARLEY_POSTGRES_ADDRESS: is missing: host:port of PostgreSQL",
                            "PARLEY_POSTGRES_DATABASE: is missing: the name of the database",
                            "PARLEY_POSTGRES_PASSWORD: is missing: the password of the application's role",
                            "PARLEY_POSTGRES_USER: is missing: the application's role",
                            "PARLEY_REDIS_ADDRESS: is missing: host:port of Redis",
                            "PARLEY_S3_ACCESS_KEY: is missing: the access key",
                            "PARLEY_S3_BUCKET: is missing: the name of the bucket",
                            "PARLEY_S3_SECRET_KEY: is missing: the secret key",
                            "PARLEY_S3_URL: is missing: the URL of the S3 endpoint");
        }
    }

    @Test
    void thereAreAtLeastThirtyWaysToBeWrong() {
        assertThat(BrokenSetting.all()).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("io.parley.loadtests.BrokenSetting#all")
    void aBrokenSettingIsToldOnItsLine(BrokenSetting broken) {
        Start start = STARTS.stream()
                .filter(each -> each.broken().contains(broken))
                .findFirst()
                .orElseThrow();

        assertThat(start.refusal().join().faults()).containsOnlyOnce(broken.line());
    }

    @Test
    void nothingButTheBrokenSettingsIsTold() {
        assertThat(STARTS).allSatisfy(start -> {
            Refusal refusal = start.refusal().join();
            assertThat(refusal.exitCode()).isEqualTo(78);
            assertThat(refusal.faults()).containsExactlyElementsOf(start.expected());
            assertThat(refusal.output()).hasSize(start.broken().size() + 2);
        });
    }

    private static Start start(String name, List<BrokenSetting> broken) {
        Map<String, String> settings = new HashMap<>(RIGHT);
        broken.forEach(each -> settings.putAll(each.settings()));
        return new Start(broken, TURNS.refusal(name, settings));
    }

    /** As few starts as possible: each takes what does not touch what it has. */
    private static List<List<BrokenSetting>> groups(List<BrokenSetting> all) {
        List<List<BrokenSetting>> groups = new ArrayList<>();
        for (BrokenSetting broken : all) {
            groups.stream()
                    .filter(group -> group.stream().allMatch(other -> broken.isIndependentOf(other.settings())))
                    .findFirst()
                    .orElseGet(() -> {
                        List<BrokenSetting> group = new ArrayList<>();
                        groups.add(group);
                        return group;
                    })
                    .add(broken);
        }
        return groups;
    }
}
