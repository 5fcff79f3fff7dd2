package io.parley.api;

import java.util.UUID;

/** Who somebody is, beside what they do. */
public record UserRef(UUID id, String handle, String displayName) {}
