/**
 * The live WebSocket: JSON frames, {@link io.parley.api.ClientFrame} in and {@link io.parley.api.ServerFrame} out.
 *
 * <p>Read {@link io.parley.app.websocket.LiveSocket} first. Errors become frames or close codes in
 * {@link io.parley.app.websocket.SocketProblems}, and nowhere else.
 */
@NullMarked
package io.parley.app.websocket;

import org.jspecify.annotations.NullMarked;
