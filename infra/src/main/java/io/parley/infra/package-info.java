/**
 * Adapters of the domain's ports, by technology. Each package has one auto-configuration, which is all that others see
 * of it, one record of settings, and its adapters.
 *
 * <p>Start with {@link io.parley.infra.postgres.PostgresAutoConfiguration} to see the pattern.
 */
@NullMarked
package io.parley.infra;

import org.jspecify.annotations.NullMarked;
