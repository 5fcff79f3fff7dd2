/**
 * What a client is told when something does not work: seven kinds, each with stable codes.
 *
 * <p>Read {@link ChatException} first, then {@link ErrorCode}. Each transport of the server translates them in one
 * class of its own; nothing here knows of HTTP.
 */
@NullMarked
package io.parley.domain.error;

import org.jspecify.annotations.NullMarked;
