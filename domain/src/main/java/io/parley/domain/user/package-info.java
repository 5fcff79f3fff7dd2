/**
 * People: what they are called, and how others find them.
 *
 * <p>Read {@link io.parley.domain.user.User} first, then {@link io.parley.domain.user.FindUser}. {@link
 * io.parley.domain.user.UserDirectory} is what this package needs from outside. How somebody signs in is in {@code
 * auth}.
 */
@NullMarked
package io.parley.domain.user;

import org.jspecify.annotations.NullMarked;
