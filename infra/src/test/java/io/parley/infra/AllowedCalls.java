package io.parley.infra;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Calls that BlockHound takes for blocking and that do not wait; each with its reason. */
public final class AllowedCalls implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Reads /dev/urandom, which always has something to give. PostgreSQL's sign-in needs a nonce on its event loop.
        builder.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully");
    }
}
