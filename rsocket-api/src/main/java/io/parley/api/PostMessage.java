package io.parley.api;

import java.util.UUID;

/**
 * Posts a message.
 *
 * @param clientMessageId chosen by the client, one per message: repeating it never makes a second message
 * @param text what it says: 1 to 4,000 code points after stripping
 */
public record PostMessage(UUID clientMessageId, String text) {}
