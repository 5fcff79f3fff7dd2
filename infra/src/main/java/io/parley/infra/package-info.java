/**
 * Adapters of the domain's ports, by technology. Each has one auto-configuration, which is all that others see of it,
 * its settings, and its adapters; {@link io.parley.infra.startup} opens them all.
 *
 * <p>Start with {@link io.parley.infra.postgres.PostgresAutoConfiguration} to see the pattern.
 */
@NullMarked
package io.parley.infra;

import org.jspecify.annotations.NullMarked;
