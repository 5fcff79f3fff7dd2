package io.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder remembers from one start to the next, and who may read it. */
class FolderTest {
    @TempDir
    Path path;

    Folder folder;

    @BeforeEach
    void create() {
        folder = Folder.create(path.resolve("servers"));
    }

    @Test
    void onlyItsOwnerMayLookInside() throws Exception {
        Credentials.of(folder);

        assertThat(Files.getPosixFilePermissions(folder.root()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(folder.credentials()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void portsStayUntilSomebodyElseTakesOne() throws Exception {
        Ports first = Ports.of(folder);
        assertThat(first.numbers().values()).doesNotHaveDuplicates();
        assertThat(Ports.of(folder)).isEqualTo(first);

        int lost = first.get(Ports.Port.REDIS);
        try (ServerSocket thief = new ServerSocket(lost, 1, InetAddress.getLoopbackAddress())) {
            Ports second = Ports.of(folder);

            assertThat(thief.isBound()).isTrue();
            assertThat(second.get(Ports.Port.REDIS)).isNotEqualTo(lost);
            assertThat(second.get(Ports.Port.KAFKA)).isEqualTo(first.get(Ports.Port.KAFKA));
        }
    }

    @Test
    void credentialsStayAndDifferFromFolderToFolder() {
        Credentials first = Credentials.of(folder);
        Credentials other = Credentials.of(Folder.create(path.resolve("others")));

        assertThat(Credentials.of(folder)).isEqualTo(first);
        assertThat(other.values().values())
                .doesNotContainAnyElementsOf(first.values().values());
        assertThat(first.toString()).doesNotContain(first.get(Credentials.Secret.REDIS));
    }

    @Test
    void certificatesStayUnlessTheyAreOfNoUse() throws Exception {
        Path authority = Certificates.of(folder, "secret").authority();
        String first = Files.readString(authority);
        Certificates.of(folder, "secret");
        assertThat(authority).hasContent(first);

        Files.writeString(folder.tls().resolve("server.pem"), "damaged");
        Certificates.of(folder, "secret");

        assertThat(Files.readString(authority)).isNotEqualTo(first);
    }

    @Test
    void systemPropertiesComeBeforeTheEnvironment() {
        Properties system = new Properties();
        Map<String, String> environment = Map.of("PARLEY_EMBEDDED_FOLDER", "there", "PARLEY_EMBEDDED_WIPE", "true");
        assertThat(Options.folder(system, environment)).contains("there");
        assertThat(Options.of(system, environment)).isEqualTo(new Options(true, false));

        system.setProperty("parley.embedded.folder", "here");
        system.setProperty("parley.embedded.wipe", "false");
        system.setProperty("parley.embedded.scope", "build");

        assertThat(Options.folder(system, environment)).contains("here");
        assertThat(Options.of(system, environment)).isEqualTo(new Options(false, true));
    }

    @Test
    void anErrorOfManyLinesTravelsInOne() {
        String message = "one\\n\ntwo\\";

        assertThat(Protocol.error(message).lines()).hasSize(1);
        assertThat(Protocol.message(Protocol.error(message))).isEqualTo(message);
    }

    @Test
    void aLogTailIsTheEndOfTheLog() throws Exception {
        Path log = folder.keeperLog();
        assertThat(LogTail.of(log)).contains(log.toString());

        Files.writeString(log, "first\n".repeat(10_000) + "last\n");

        assertThat(LogTail.of(log).lines()).hasSizeLessThan(20).last().isEqualTo("  last");
    }
}
