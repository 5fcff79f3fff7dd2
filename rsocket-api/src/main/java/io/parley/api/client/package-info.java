/**
 * A client for programs in Java, over RSocket. It needs RSocket, Reactor and Jackson; the records beside it do not.
 *
 * <p>Read {@link io.parley.api.client.ParleyClient} first.
 */
@NullMarked
package io.parley.api.client;

import org.jspecify.annotations.NullMarked;
