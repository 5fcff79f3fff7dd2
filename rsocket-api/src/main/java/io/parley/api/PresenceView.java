package io.parley.api;

import java.util.UUID;

/** Whether somebody is there: {@code online}, {@code offline}, or {@code unknown} to who shares no conversation. */
public record PresenceView(UUID userId, String presence) {}
