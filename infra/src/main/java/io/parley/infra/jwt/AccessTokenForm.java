package io.parley.infra.jwt;

import com.nimbusds.jose.JOSEObjectType;

/** What issuer and verifier agree on. */
final class AccessTokenForm {
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    static final String AUDIENCE = "parley";
    static final String SESSION = "sid";

    private AccessTokenForm() {}
}
