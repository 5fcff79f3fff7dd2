package io.parley.app.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Notes every blocking call on a thread that must not block, also where the error is swallowed on its way. */
public final class BlockingSites implements BlockHoundIntegration {
    private static final Queue<String> SITES = new ConcurrentLinkedQueue<>();

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.blockingMethodCallback(BlockingSites::report)
                // Random numbers for SCRAM and TLS: reading /dev/urandom is a read of a file by its looks alone.
                .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
                // Lettuce counts who writes under a lock that is held for a few instructions. An error thrown in there
                // would
                // leave the count wrong, after which its event loop spins for good.
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters")
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "decrementWriters")
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "lockWritersExclusive")
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "unlockWritersExclusive")
                // Netty's allocator, when two loops want memory at once: it holds the lock while it takes a list apart.
                .allowBlockingCallsInside(
                        "io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines")
                // A timer that is cancelled: Reactor allows the same lock where a timer is set.
                .allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove")
                // Closing the S3 client, on a thread of its own library's, after our event loops are gone.
                .allowBlockingCallsInside(
                        "software.amazon.awssdk.http.nio.netty.internal.BetterSimpleChannelPool", "close");
    }

    private static void report(BlockingMethod method) {
        BlockingOperationError error = new BlockingOperationError(method);
        SITES.add(Thread.currentThread().getName() + ": " + method + stack(error));
        throw error;
    }

    private static String stack(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("reactor.blockhound"))
                .limit(40)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }

    /** Sites noted since the last call. */
    public static List<String> drain() {
        List<String> sites = List.copyOf(SITES);
        SITES.removeAll(sites);
        return sites;
    }
}
