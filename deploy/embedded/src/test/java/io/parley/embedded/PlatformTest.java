package io.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, LINUX_AMD64",
        "Linux, aarch64, LINUX_ARM64",
        "Mac OS X, x86_64, MAC_AMD64",
        "Mac OS X, aarch64, MAC_ARM64"
    })
    void knowsLinuxAndMacOnBothProcessors(String os, String arch, Platform platform) {
        assertThat(Platform.of(os, arch)).isEqualTo(platform);
        assertThat(platform.redisBinaries()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, riscv64", "FreeBSD, amd64"})
    void elsewhereSaysWhatToDo(String os, String arch) {
        assertThatThrownBy(() -> Platform.of(os, arch))
                .isInstanceOf(EmbeddedServersException.class)
                .hasMessageContaining("this is " + os + " on " + arch)
                .hasMessageContaining("WSL 2")
                .hasMessageContaining("docs/configuration.md");
    }

    @Test
    void muslIsKnownByItsLoader(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("lib"));
        assertThat(Platform.isMusl(root)).isFalse();

        Files.createFile(root.resolve("lib/ld-musl-x86_64.so.1"));
        assertThat(Platform.isMusl(root)).isTrue();

        Files.createDirectories(root.resolve("lib64"));
        Files.createFile(root.resolve("lib64/ld-linux-x86-64.so.2"));
        assertThat(Platform.isMusl(root)).as("glibc is there as well").isFalse();
    }
}
