package io.parley.api;

import org.jspecify.annotations.Nullable;

/**
 * Makes an account and signs in.
 *
 * @param handle {@value Limits#MIN_HANDLE_LENGTH} to {@value Limits#MAX_HANDLE_LENGTH} of {@code A-Z a-z 0-9 _ . -}, a
 *     letter first; keeps its case, and is one with all other ways to write it
 * @param password {@value Limits#MIN_PASSWORD_LENGTH} to {@value Limits#MAX_PASSWORD_LENGTH} code points, no other rules
 * @param displayName at most {@value Limits#MAX_DISPLAY_NAME_LENGTH} code points; none: the handle
 * @param device what to call this session in a list of them
 */
public record Register(
        String handle,
        String password,
        @Nullable String displayName,
        @Nullable String device) {

    @Override
    public String toString() {
        return "Register[handle=" + handle + ", displayName=" + displayName + ", device=" + device + ", hidden]";
    }
}
