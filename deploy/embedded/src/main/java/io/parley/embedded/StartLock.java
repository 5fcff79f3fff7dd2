package io.parley.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** One starter at a time, across threads and processes; the kernel frees the lock however its owner dies. */
final class StartLock {

    private StartLock() {}

    static <T> T holding(Folder folder, Duration within, Supplier<T> work) {
        try (FileChannel channel =
                FileChannel.open(folder.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (Wait.forValue(within, () -> tryLock(channel)).isEmpty()) {
                throw new EmbeddedServersException("Another process has been starting the embedded servers for "
                        + within.toSeconds() + " s; see " + folder.keeperLog() + ", end that process and try again");
            }
            return work.get();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException heldByAnotherThread) {
            return Optional.empty();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
