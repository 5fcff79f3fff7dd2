package io.parley.loadtests.check.history;

import java.util.UUID;

/**
 * Who does something, and where.
 *
 * @param node the name of the node that was asked
 * @param via the transport: {@code websocket}, {@code rsocket} or {@code rest}
 */
public record Actor(UUID user, String device, String node, String via) {}
