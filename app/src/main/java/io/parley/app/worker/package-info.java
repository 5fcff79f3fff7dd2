/**
 * What runs by itself: the only package that subscribes. It starts the pipelines, watches and restarts them, and stops
 * the node in order.
 *
 * <p>Read {@link io.parley.app.worker.Phases} first, then {@link io.parley.app.worker.Workers} and
 * {@link io.parley.app.worker.Drain}.
 */
@NullMarked
package io.parley.app.worker;

import org.jspecify.annotations.NullMarked;
