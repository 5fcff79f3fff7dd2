/**
 * Access tokens as JSON Web Tokens, RFC 9068: RS256 with keys of 3072 bits, which all nodes share through the database.
 *
 * <p>Read {@link io.parley.infra.jwt.JwtVerifier} first, then {@link io.parley.infra.jwt.SigningKeys}.
 */
@NullMarked
package io.parley.infra.jwt;

import org.jspecify.annotations.NullMarked;
