package io.parley.api.client.planted;

import io.parley.domain.error.ErrorCode;

/** Breaks a rule on purpose. */
@SuppressWarnings("unused")
public final class ClientThatKnowsTheServer {
    private ErrorCode code;
}
