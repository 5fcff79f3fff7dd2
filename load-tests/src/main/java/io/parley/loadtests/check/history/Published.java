package io.parley.loadtests.check.history;

import java.util.UUID;

/** A record of Kafka, by its headers. */
public record Published(UUID log, long offset, String kind, UUID item, String reason) {}
