package io.parley.loadtests.check.workload;

import io.parley.api.Register;
import io.parley.api.Routes;
import io.parley.api.SignIn;
import io.parley.api.SignedInView;
import java.util.UUID;

/** Somebody with an account, who signs in again before the token ends. */
final class Person {
    private static final String PASSWORD = "correct horse";
    private static final long FRESH_NANOS = 600_000_000_000L;

    private final Rest rest;
    private final String handle;
    private SignedInView signedIn;
    private long since = System.nanoTime();

    private Person(Rest rest, String handle, SignedInView signedIn) {
        this.rest = rest;
        this.handle = handle;
        this.signedIn = signedIn;
    }

    static Person register(Rest rest, Door door, String name) {
        String handle = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        Register register = new Register(handle, PASSWORD, null, null);
        return new Person(
                rest, handle, rest.must(rest.ask(door, "POST", Routes.REGISTER, register, null), SignedInView.class));
    }

    UUID id() {
        return signedIn.user().id();
    }

    /** An access token that lasts a while; the old one if there is no other to be had now. */
    synchronized String token(Door door) {
        if (System.nanoTime() - since > FRESH_NANOS) {
            Rest.Answer answer = rest.ask(door, "POST", Routes.SIGN_IN, new SignIn(handle, PASSWORD, null), null);
            if (answer.isOk()) {
                signedIn = answer.read(SignedInView.class);
                since = System.nanoTime();
            }
        }
        return signedIn.accessToken();
    }

    @Override
    public String toString() {
        return handle;
    }
}
