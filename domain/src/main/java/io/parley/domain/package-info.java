/**
 * The model and the use cases of Parley, by feature. Nothing here knows Spring, Netty or a database.
 *
 * <p>Start with {@link io.parley.domain.message.PostMessage}: one class per thing that a user can do, with its ports
 * (interfaces that {@code infra} implements) beside it.
 */
@NullMarked
package io.parley.domain;

import org.jspecify.annotations.NullMarked;
