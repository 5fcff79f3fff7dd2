/**
 * The public contract of a Parley server: what clients send and get, on every transport.
 *
 * <p>Read {@link io.parley.api.Routes} first, then {@link io.parley.api.Problem}. All records are JSON objects whose
 * fields have the names of the components; unknown fields are ignored by whoever reads, and absent ones are null.
 */
@NullMarked
package io.parley.api;

import org.jspecify.annotations.NullMarked;
