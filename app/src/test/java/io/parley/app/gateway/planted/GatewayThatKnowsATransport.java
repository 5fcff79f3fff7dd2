package io.parley.app.gateway.planted;

import io.parley.app.http.planted.Planted;

/** Breaks a rule on purpose. */
@SuppressWarnings("unused")
public final class GatewayThatKnowsATransport {
    private Planted planted;
}
