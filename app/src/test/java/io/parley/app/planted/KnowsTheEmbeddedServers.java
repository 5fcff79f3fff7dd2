package io.parley.app.planted;

import io.parley.embedded.EmbeddedServers;

/** Breaks a rule on purpose. */
@SuppressWarnings("unused")
public final class KnowsTheEmbeddedServers {
    private EmbeddedServers servers;
}
