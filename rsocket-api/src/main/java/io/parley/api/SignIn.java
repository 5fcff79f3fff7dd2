package io.parley.api;

import org.jspecify.annotations.Nullable;

/**
 * Opens a session.
 *
 * @param handle however it is written
 * @param device what to call this session in a list of them
 */
public record SignIn(
        String handle, String password, @Nullable String device) {

    @Override
    public String toString() {
        return "SignIn[handle=" + handle + ", device=" + device + ", hidden]";
    }
}
