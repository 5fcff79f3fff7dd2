package io.parley.api.planted;

import io.parley.domain.error.ErrorCode;

/** Breaks a rule on purpose. */
@SuppressWarnings("unused")
public final class ContractThatKnowsTheServer {
    private ErrorCode code;
}
