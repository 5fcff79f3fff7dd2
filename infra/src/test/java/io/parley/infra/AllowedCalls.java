package io.parley.infra;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Calls that BlockHound takes for blocking and that do not wait; each with its reason. */
public final class AllowedCalls implements BlockHoundIntegration {
    private static final String[] SHARED_LOCK_METHODS = {
        "incrementWriters", "decrementWriters", "lockWritersExclusive", "unlockWritersExclusive"
    };

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Reads /dev/urandom, which always has something to give. PostgreSQL's sign-in needs a nonce on its event loop.
        builder.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully");
        // A timer that is cancelled: Reactor allows the same lock where a timer is set.
        builder.allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove");
        // Lettuce counts who writes under a lock that is held for a few instructions. An error thrown in there would
        // leave
        // the count wrong, after which its event loop spins for good.
        for (String method : SHARED_LOCK_METHODS) {
            builder.allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", method);
        }
    }
}
