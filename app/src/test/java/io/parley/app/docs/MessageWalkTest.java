package io.parley.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walk of a message from socket to socket, as docs/architecture.md tells it, is the one that it takes. */
class MessageWalkTest {
    private static final String SECTION = "### From socket to socket";
    private static final Pattern STATION = Pattern.compile("(?m)^\\d+\\. `(\\w+)`(?:.*\\(form: (.*)\\))?");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.parley.app", "io.parley.domain", "io.parley.infra");

    private final List<MatchResult> stations;
    private final List<String> walk;

    MessageWalkTest() throws IOException {
        stations = stations();
        walk = stations.stream().map(station -> station.group(1)).toList();
    }

    private static List<MatchResult> stations() throws IOException {
        String page = Files.readString(Path.of("..", "docs/architecture.md"));
        String section = page.substring(page.indexOf(SECTION) + SECTION.length());
        int end = section.indexOf("\n#");
        return STATION.matcher(section.substring(0, end)).results().toList();
    }

    @Test
    void itEntersTwelveClassesEachOnce() {
        assertThat(walk).hasSizeBetween(10, 12).doesNotHaveDuplicates();
    }

    /** But over the wire, and after the lane's batch is stored: there the lane hands on what the store has answered. */
    @Test
    void eachHandsItToTheNext() {
        for (int i = 1; i < walk.size(); i++) {
            String from = walk.get(i - 1);
            String to = walk.get(i);
            if (from.equals("PostgresMessageLog")) {
                assertThat(calls("AppendLane", to)).as("AppendLane to %s", to).isTrue();
            } else if (!from.equals("KafkaChangePublisher")) {
                assertThat(handsOn(stations.get(i - 1), to))
                        .as("%s to %s", from, to)
                        .isTrue();
            }
        }
    }

    @Test
    void noneComesToAnotherThatTheWalkDoesNotName() {
        assertThat(calls("LiveSocket", "SendMessage")).isFalse();
        assertThat(calls("SendMessage", "PostgresMessageLog")).isFalse();
        assertThat(calls("KafkaChangeFeed", "Cursor")).isFalse();
        assertThat(calls("FollowedLog", "SocketOutlet")).isFalse();
    }

    /** By itself, or by what changes its form there. */
    private static boolean handsOn(MatchResult station, String to) {
        Stream<String> forms = station.group(2) == null
                ? Stream.empty()
                : NAME.matcher(station.group(2)).results().map(form -> form.group(1));
        return Stream.concat(Stream.of(station.group(1)), forms).anyMatch(from -> calls(from, to));
    }

    private static boolean calls(String from, String to) {
        Set<JavaClass> accepted = types(named(to));
        return named(from).stream()
                .flatMap(type -> type.getCodeUnitAccessesFromSelf().stream())
                .map(JavaAccess::getTargetOwner)
                .anyMatch(accepted::contains);
    }

    /** A class, and those within it. */
    private static List<JavaClass> named(String name) {
        List<JavaClass> found = SERVER.stream()
                .filter(type -> type.getName().matches(".*\\." + name + "(\\$.*)?"))
                .toList();
        assertThat(found).as(name).isNotEmpty();
        return found;
    }

    /** The class, and the interfaces of ours under which it is known. */
    private static Set<JavaClass> types(List<JavaClass> named) {
        return named.stream()
                .filter(type -> type.getEnclosingClass().isEmpty())
                .flatMap(type -> Stream.concat(Stream.of(type), type.getAllRawInterfaces().stream()))
                .filter(type -> type.getName().startsWith("io.parley"))
                .collect(Collectors.toSet());
    }
}
