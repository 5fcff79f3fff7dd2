/**
 * What the server is made of: use cases built from their ports, and the event loops that everything runs on.
 *
 * <p>Read {@link io.parley.app.wiring.UseCases} first.
 */
@NullMarked
package io.parley.app.wiring;

import org.jspecify.annotations.NullMarked;
