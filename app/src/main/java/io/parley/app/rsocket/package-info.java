/**
 * RSocket, on a TCP port of its own and as WebSocket on the HTTP port, on the same event loops.
 *
 * <p>Read {@link io.parley.app.rsocket.MessageRSocketController} first. Errors of any kind become an error frame in
 * {@link io.parley.app.rsocket.RSocketProblems}, and nowhere else.
 */
@NullMarked
package io.parley.app.rsocket;

import org.jspecify.annotations.NullMarked;
