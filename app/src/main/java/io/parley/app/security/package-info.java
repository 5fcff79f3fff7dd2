/**
 * Who gets in: what is open to everybody is named, all else is refused, on every transport.
 *
 * <p>Read {@link io.parley.app.security.HttpSecurity} first.
 */
@NullMarked
package io.parley.app.security;

import org.jspecify.annotations.NullMarked;
