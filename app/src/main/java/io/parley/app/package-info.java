/**
 * The server: one Netty that speaks HTTP, WebSocket and RSocket. A package for each transport, which only translates;
 * what they share is in {@link io.parley.app.gateway}, and what they call is in {@code io.parley.domain}.
 *
 * <p>Read {@link io.parley.app.http.MessageController} to see a request come in, and {@link io.parley.app.wiring} to
 * see what the server is made of.
 */
@NullMarked
package io.parley.app;

import org.jspecify.annotations.NullMarked;
