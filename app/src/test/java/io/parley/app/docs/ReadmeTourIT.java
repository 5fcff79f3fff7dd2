package io.parley.app.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour in the README, pasted into one bash from top to bottom. It needs what the README says: curl and a JDK. */
@ServerTest
class ReadmeTourIT {
    /** Two jshells on a busy machine; a tour takes about 15 s. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final String NEXT = "=== next block ===\n";

    private final Node node;

    @TempDir
    private Path folder;

    ReadmeTourIT(Node node) {
        this.node = node;
    }

    @Test
    void theTourShowsWhatItSays() throws Exception {
        require("curl", "jshell");
        List<String> blocks = new Document("README.md").shellBlocks("A tour in five minutes");

        List<String> printed = run(blocks);

        assertThat(printed).hasSize(8);
        twoPeopleRegister(printed.get(0));
        adaOpensAConversation(printed.get(1));
        bobTalks(printed.get(2));
        adaGoesOn(printed.get(3));
        bobComesBack(printed.get(4));
        theHistoryIsTheSame(printed.get(5));
        anErrorHasACode(printed.get(6));
        assertThat(printed.get(7)).contains("\"status\":\"UP\"");
    }

    private static void twoPeopleRegister(String printed) {
        assertThat(printed.lines()).hasSize(2).allMatch(line -> line.contains("\"accessToken\":\""));
    }

    private static void adaOpensAConversation(String printed) {
        assertThat(printed).contains("\"kind\":\"direct\"", "\"memberCount\":2", "\"handle\":\"bob-");
    }

    private static void bobTalks(String printed) {
        List<String> frames = printed.lines().toList();
        assertThat(frames).hasSize(3);
        assertThat(frames.get(0)).contains("\"type\":\"ready\"", "\"kind\":\"direct\"");
        assertThat(frames)
                .filteredOn(frame -> frame.contains("\"type\":\"change\""))
                .hasSize(1);
        assertThat(frames)
                .filteredOn(frame -> frame.contains("\"type\":\"ack\"") && frame.contains("\"ref\":\"1\""))
                .hasSize(1);
    }

    private static void adaGoesOn(String printed) {
        List<String> messages = printed.lines().toList();
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0)).contains("\"text\":\"hello Bob\"", "\"editedAt\"");
        assertThat(messages.get(1)).contains("\"text\":\"are you there?\"", "\"seq\":3");
    }

    private static void bobComesBack(String printed) {
        List<String> frames = printed.lines().toList();
        assertThat(frames).hasSize(5);
        assertThat(frames.get(0)).contains("\"type\":\"ready\"", "\"unread\":2");
        assertThat(frames.get(1)).contains("\"type\":\"catchUp\"");
        assertThat(frames.get(2)).contains("\"reason\":\"edited\"", "\"text\":\"hello Bob\"");
        assertThat(frames.get(3)).contains("\"reason\":\"created\"", "\"text\":\"are you there?\"");
        assertThat(frames.get(4)).contains("\"type\":\"caughtUp\"");
    }

    private static void theHistoryIsTheSame(String printed) {
        assertThat(printed)
                .containsSubsequence(
                        "\"text\":\"hello over WebSocket\"", "\"text\":\"hello Bob\"", "\"text\":\"are you there?\"")
                .doesNotContain("helo");
        assertThat(printed.lines().filter(line -> line.startsWith("data: ")))
                .hasSize(4)
                .last(STRING)
                .contains("\"type\":\"caughtUp\"");
        assertThat(printed.lines().filter(line -> line.matches("id: [0-9a-f-]{36}:[0-9]+")))
                .hasSize(3);
    }

    private static void anErrorHasACode(String printed) {
        assertThat(printed)
                .contains(
                        "HTTP/1.1 409", "application/problem+json", "\"code\":\"message.id-reused\"", "\"requestId\"");
    }

    private static void require(String... commands) throws Exception {
        for (String command : commands) {
            Process search = bash("-c", "command -v " + command).start();
            assertThat(search.waitFor())
                    .as("the tour in the README needs " + command + ", and this machine has none")
                    .isZero();
        }
    }

    /** What each block printed. Somebody's first jshell has something to say on standard error, too. */
    private List<String> run(List<String> blocks) throws Exception {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process tour = bash("-eu", script(blocks).toString())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = tour.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        tour.destroyForcibly();
        String printed = Files.readString(output);

        String all = printed + Files.readString(errors);
        assertThat(ended).as("ends in time; it printed:\n" + all).isTrue();
        assertThat(tour.exitValue()).as("exit code; it printed:\n" + all).isZero();
        return List.of(printed.split(NEXT, -1));
    }

    private Path script(List<String> blocks) throws IOException {
        String script = IntStream.range(0, blocks.size())
                .mapToObj(block -> here(blocks.get(block)))
                .collect(Collectors.joining("echo '" + NEXT.strip() + "'\n"));
        return Files.writeString(folder.resolve("tour.sh"), script);
    }

    /** At this node instead of the one that the README's command starts. */
    private String here(String block) {
        return block.replace("127.0.0.1:8080", "127.0.0.1:" + node.port("local.server.port"))
                .replace("127.0.0.1:9090", "127.0.0.1:" + node.port("local.management.port"));
    }

    /** With the JDK that runs this test: it need not be the first on the path. */
    private static ProcessBuilder bash(String... arguments) {
        ProcessBuilder bash = new ProcessBuilder("bash");
        bash.command().addAll(List.of(arguments));
        bash.environment().merge("PATH", System.getProperty("java.home") + "/bin", (path, jdk) -> jdk + ":" + path);
        return bash;
    }
}
