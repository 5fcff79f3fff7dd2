package io.parley.domain.file;

import java.util.UUID;

/** Names one file; chosen by the server, so that it cannot be guessed: who knows it may read the file. */
public record FileId(UUID value) {}
