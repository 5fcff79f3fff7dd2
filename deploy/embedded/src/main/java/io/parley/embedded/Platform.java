package io.parley.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An operating system and processor for which there are server binaries. */
enum Platform {
    LINUX_AMD64,
    LINUX_ARM64,
    MAC_AMD64,
    MAC_ARM64;

    /** The platform of this JVM; refuses where the servers cannot run. */
    static Platform current() {
        String os = System.getProperty("os.name", "");
        String arch = System.getProperty("os.arch", "");
        if (isMusl(Path.of("/"))) {
            throw unsupported(os + " with musl", arch);
        }
        return of(os, arch);
    }

    static Platform of(String os, String arch) {
        return system(os)
                .flatMap(system -> processor(arch).map(processor -> Platform.valueOf(system + "_" + processor)))
                .orElseThrow(() -> unsupported(os, arch));
    }

    /** Whether the C library is musl (Alpine), and glibc is not there as well. */
    static boolean isMusl(Path root) {
        boolean musl = Stream.of("lib/ld-musl-x86_64.so.1", "lib/ld-musl-aarch64.so.1")
                .anyMatch(loader -> Files.exists(root.resolve(loader)));
        boolean glibc = Stream.of("lib64/ld-linux-x86-64.so.2", "lib/ld-linux-aarch64.so.1")
                .anyMatch(loader -> Files.exists(root.resolve(loader)));
        return musl && !glibc;
    }

    /** Names of the bundled Redis executables to try, best first. */
    List<String> redisBinaries() {
        return switch (this) {
            // Without OpenSSL 3 the first does not run; the second is linked statically.
            case LINUX_AMD64 -> List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
            case LINUX_ARM64 -> List.of("redis-server-6.2.7-linux-arm64");
            case MAC_AMD64 -> List.of("redis-server-6.2.6-v5-darwin-amd64");
            case MAC_ARM64 -> List.of("redis-server-6.2.6-v5-darwin-arm64");
        };
    }

    private static Optional<String> system(String os) {
        String name = os.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return Optional.of("LINUX");
        }
        return name.startsWith("mac") ? Optional.of("MAC") : Optional.empty();
    }

    private static Optional<String> processor(String arch) {
        return switch (arch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> Optional.of("AMD64");
            case "aarch64", "arm64" -> Optional.of("ARM64");
            default -> Optional.empty();
        };
    }

    private static EmbeddedServersException unsupported(String os, String arch) {
        return new EmbeddedServersException("Parley's embedded servers run on Linux (with glibc) and macOS, x86-64 and"
                + " arm64; this is " + os + " on " + arch + "; use WSL 2 or point PARLEY_* at existing servers, see"
                + " docs/configuration.md");
    }
}
