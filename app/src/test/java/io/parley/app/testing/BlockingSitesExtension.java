package io.parley.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test during which anything blocked where it must not. */
public final class BlockingSitesExtension implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(BlockingSites.drain()).as("blocking calls on event loops").isEmpty();
    }
}
