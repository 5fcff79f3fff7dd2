package io.parley.domain.message;

import java.util.UUID;

/** Names one message for good; a version 7 UUID, so that ids rise with time. */
public record MessageId(UUID value) {}
