package io.parley.domain.file;

import java.util.UUID;

/** Names one file; chosen by the server. */
public record FileId(UUID value) {}
