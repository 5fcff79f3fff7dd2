/**
 * Passwords as Argon2id hashes. Read {@link io.parley.infra.password.Argon2PasswordHasher}: it is all there is.
 */
@NullMarked
package io.parley.infra.password;

import org.jspecify.annotations.NullMarked;
