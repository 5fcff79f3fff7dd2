package io.parley.loadtests.check.workload;

import java.net.URI;

/**
 * Where clients reach one node.
 *
 * @param http with the scheme {@code http}
 * @param rsocket with the scheme {@code tcp}
 */
public record Door(String node, URI http, URI rsocket) {}
