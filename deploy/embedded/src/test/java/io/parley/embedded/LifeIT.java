package io.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who keeps the servers alive, and what is left of them after a crash. Few tests, as each start takes seconds. */
class LifeIT {
    private static final Options WIPE = new Options(true, false);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** One folder for all: the binaries are unpacked once. */
    @TempDir
    static Path folder;

    Folder files;

    @BeforeEach
    void open() {
        files = Folder.create(folder);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(Processes.of(files)).isEmpty();
    }

    @Test
    void dataSurvivesTheDeathOfTheKeeperAndThatOfEverything() throws Exception {
        Map<String, String> settings;
        List<ProcessHandle> orphans;
        try (EmbeddedServers servers = EmbeddedServers.attach(folder, WIPE)) {
            settings = servers.settings();
            write(settings);
            orphans = killKeeper();
        }

        try (EmbeddedServers servers = EmbeddedServers.attach(folder, Options.NONE)) {
            assertThat(servers.startedHere()).isTrue();
            assertThat(servers.settings()).as("addresses and passwords stay").isEqualTo(settings);
            assertThat(orphans).as("replaced, not joined").noneMatch(Processes::isAlive);
            assertWritten(settings);
            processes().forEach(process -> Processes.kill(Processes.family(process)));
        }

        try (EmbeddedServers servers = EmbeddedServers.attach(folder, Options.NONE)) {
            assertThat(servers.startedHere()).isTrue();
            assertWritten(servers.settings());
            List<ProcessHandle> processes = processes();
            processOf(files.keeperPid()).destroy();
            assertThat(Processes.awaitGone(processes, TIMEOUT))
                    .as("a keeper told to end")
                    .isTrue();
        }
    }

    @Test
    void aKeeperOutlivesItsFirstUserAndEndsAfterItsLast() {
        ProcessHandle launched = KeeperProcess.launch(files, false);
        assertThat(Wait.until(TIMEOUT, () -> Files.exists(files.keeperPid()))).isTrue();
        List<ProcessHandle> processes;
        try (EmbeddedServers first = EmbeddedServers.attach(folder, Options.NONE)) {
            processes = processes();
            assertThat(processes).as("also where there is no setsid").contains(launched);
            try (EmbeddedServers second = EmbeddedServers.attach(folder, Options.NONE)) {
                first.close();
                assertThat(second.startedHere()).isFalse();
                assertThat(processes).hasSize(5).allMatch(Processes::isAlive);
            }
        }

        assertThat(processes).noneMatch(Processes::isAlive);
        assertThat(files.run()).isDirectoryNotContaining("glob:**.pid");
        assertThat(files.servers()).doesNotExist();
    }

    @Test
    void aWipeForgetsDataAndAStrangerWithAServersNumberLives() throws Exception {
        Path object = files.data(EmbeddedServer.S3).resolve("parley/old");
        Files.createDirectories(object.getParent());
        Files.writeString(object, "old");
        Path binary = Files.writeString(files.bin().resolve("kept"), "");
        Process stranger = new ProcessBuilder("sleep", "60").start();
        PidFile real = PidFile.of(stranger.toHandle());
        new PidFile(real.pid(), real.started().minusSeconds(60)).write(files.pid(EmbeddedServer.REDIS));

        try (EmbeddedServers servers = EmbeddedServers.attach(folder, WIPE)) {
            assertThat(stranger.isAlive()).isTrue();
            assertThat(binary).exists();
            assertThat(new S3(servers.settings()).get("old").statusCode()).isEqualTo(404);
        } finally {
            stranger.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    private List<ProcessHandle> killKeeper() {
        ProcessHandle keeper = processOf(files.keeperPid());
        List<ProcessHandle> orphans = new ArrayList<>(processes());
        orphans.remove(keeper);
        Processes.kill(List.of(keeper));
        assertThat(orphans).hasSize(4).allMatch(Processes::isAlive);
        return orphans;
    }

    private static void write(Map<String, String> settings) throws Exception {
        Sql.migration(settings).execute("CREATE TABLE letter (body text)", "INSERT INTO letter VALUES ('row')");
        assertThat(new Redis(settings.get("PARLEY_REDIS_ADDRESS")).say(login(settings), "SET letter key"))
                .containsExactly("+OK", "+OK");
        new Kafka(settings).createTopic("letter");
        new Kafka(settings).send("letter", "record");
        assertThat(new S3(settings).put("letter", "object")).isEqualTo(200);
    }

    private static void assertWritten(Map<String, String> settings) throws Exception {
        assertThat(Sql.application(settings).ask("SELECT body FROM letter")).isEqualTo("row");
        assertThat(new Redis(settings.get("PARLEY_REDIS_ADDRESS")).say(login(settings), "GET letter"))
                .containsExactly("+OK", "key");
        assertThat(new Kafka(settings).first("letter")).contains("record");
        assertThat(new S3(settings).get("letter").body()).isEqualTo("object");
    }

    private static String login(Map<String, String> settings) {
        return "AUTH " + settings.get("PARLEY_REDIS_USER") + " " + settings.get("PARLEY_REDIS_PASSWORD");
    }

    /** The keeper and the four servers. */
    private List<ProcessHandle> processes() {
        return Stream.concat(
                        Stream.of(files.keeperPid()),
                        Stream.of(EmbeddedServer.values()).map(files::pid))
                .map(LifeIT::processOf)
                .toList();
    }

    private static ProcessHandle processOf(Path pidFile) {
        return PidFile.read(pidFile).flatMap(PidFile::process).orElseThrow();
    }
}
