package io.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    Path folder;

    @Test
    void findsTheProcessAgain() throws Exception {
        Path file = folder.resolve("self.pid");
        PidFile.of(ProcessHandle.current()).write(file);

        assertThat(PidFile.read(file).flatMap(PidFile::process)).contains(ProcessHandle.current());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aProcessThatStartedAtAnotherTimeIsAStranger() {
        PidFile self = PidFile.of(ProcessHandle.current());

        assertThat(new PidFile(self.pid(), self.started().minusSeconds(10)).process())
                .isEmpty();
    }

    @Test
    void aMissingOrDamagedFileNamesNobody() throws Exception {
        Path file = folder.resolve("other.pid");
        assertThat(PidFile.read(file)).isEmpty();

        Files.writeString(file, "pid=12");
        assertThat(PidFile.read(file)).isEmpty();
    }

    @Test
    void theJvmAboveIsFoundThroughAShell() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "sleep 60; true").start();
        try {
            ProcessHandle below = Wait.forValue(java.time.Duration.ofSeconds(5), () -> shell.children()
                            .findFirst())
                    .orElseThrow();

            assertThat(BuildProcess.above(below)).contains(ProcessHandle.current());
        } finally {
            Processes.kill(Processes.family(shell.toHandle()));
        }
    }
}
