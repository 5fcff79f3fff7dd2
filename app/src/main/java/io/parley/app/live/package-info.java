/**
 * The live protocol, whatever carries its frames: the WebSocket and the RSocket channel only bring bytes.
 *
 * <p>Read {@link io.parley.app.live.LiveSession} first, what a client says; then {@link io.parley.app.live.Greeting}, how it
 * got in. The engine behind it is {@code io.parley.domain.live}; docs/live-protocol.md tells clients how it looks.
 */
@NullMarked
package io.parley.app.live;

import org.jspecify.annotations.NullMarked;
