/**
 * What happens before a port opens: all settings are checked at once ({@link io.parley.infra.startup.SettingsCheck}),
 * then all servers behind this one are opened at once ({@link io.parley.infra.startup.Backends}). Either every fault is
 * told in one go, one line each, or the server starts.
 *
 * <p>Read {@link io.parley.infra.startup.Backend} first.
 */
@NullMarked
package io.parley.infra.startup;

import org.jspecify.annotations.NullMarked;
