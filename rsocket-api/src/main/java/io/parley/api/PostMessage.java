package io.parley.api;

import java.util.UUID;

/**
 * Posts a message.
 *
 * @param clientMessageId chosen by the client, one per message: repeating it never makes a second message
 * @param text what it says: at most {@value Limits#MAX_MESSAGE_LENGTH} code points after stripping, and not none
 */
public record PostMessage(UUID clientMessageId, String text) {}
