package io.parley.domain.auth;

import reactor.core.publisher.Flux;

/** Where the keys rest that sign access tokens: one set for all nodes. */
public interface SigningKeyRepository {

    /** Emits all keys, then completes; none at the very first start. Errors: {@code Unavailable}. */
    Flux<SigningKey> all();

    /**
     * Stores the key as the current one if there is none, then emits all keys as {@link #all()} does: of several nodes that
     * race, all get the key of one. Errors: {@code Unavailable}.
     */
    Flux<SigningKey> claim(SigningKey candidate);

    /**
     * A private key; it does not show itself in logs.
     *
     * @param id the {@code kid} of its tokens
     * @param pkcs8 in base64
     * @param current whether it signs; the others only verify
     */
    record SigningKey(String id, String pkcs8, boolean current) {

        @Override
        public String toString() {
            return "SigningKey[" + id + ", hidden]";
        }
    }
}
