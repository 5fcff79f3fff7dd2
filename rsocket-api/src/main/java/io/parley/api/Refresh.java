package io.parley.api;

/**
 * Asks for the next pair of tokens.
 *
 * @param refreshToken of the last pair; spent by this, and using it twice ends the session
 */
public record Refresh(String refreshToken) {

    @Override
    public String toString() {
        return "Refresh[hidden]";
    }
}
