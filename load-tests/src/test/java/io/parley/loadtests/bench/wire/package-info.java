/**
 * A cheap crowd: WebSocket clients on a few event loops, which mask by hand, decode nothing that is not asked for, and
 * share what they count. {@link Wire} opens them, {@link LiveClient} is one.
 */
package io.parley.loadtests.bench.wire;
