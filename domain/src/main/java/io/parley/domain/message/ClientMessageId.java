package io.parley.domain.message;

import java.util.UUID;

/** Chosen by the client, one per message: sending again with the same id never makes a second message. */
public record ClientMessageId(UUID value) {}
