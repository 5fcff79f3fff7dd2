package io.parley.domain.auth;

/** Says for a short time who is asking; whoever has it is believed, so it does not show itself in logs. */
public record AccessToken(String value) {

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
