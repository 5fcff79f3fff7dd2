package io.parley.api;

import java.util.UUID;

/** Adds somebody to a group or channel. */
public record AddMember(UUID userId) {}
