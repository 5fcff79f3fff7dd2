/**
 * Drives the packaged server from outside: as processes that are started, asked, stopped and killed. Nothing here knows
 * the server's classes, only its jar, its variables and its public contract.
 *
 * <p>Read {@link io.parley.loadtests.ServerNode} first, then {@link io.parley.loadtests.Replica}: a client that proves that it
 * missed nothing.
 */
@NullMarked
package io.parley.loadtests;

import org.jspecify.annotations.NullMarked;
