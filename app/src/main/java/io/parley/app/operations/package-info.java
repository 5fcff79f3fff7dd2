/**
 * What operators see: health, logs, metrics.
 *
 * <p>Read {@link io.parley.app.operations.EventLoopHealthIndicator} (liveness) first; what readiness is made of is in
 * {@code application.yaml}, under {@code management.endpoint.health.group}.
 */
@NullMarked
package io.parley.app.operations;

import org.jspecify.annotations.NullMarked;
