/**
 * What all transports share: the way from a request of the public contract to a use case and back.
 *
 * <p>Read {@link io.parley.app.gateway.MessageGateway} first.
 */
@NullMarked
package io.parley.app.gateway;

import org.jspecify.annotations.NullMarked;
