package io.parley.api;

import java.util.UUID;

/**
 * Says something in a conversation.
 *
 * @param conversationId over HTTP it is part of the path, and may be left out
 * @param clientMessageId chosen by the client, one per message: repeating it never makes a second message
 * @param text at most {@value Limits#MAX_MESSAGE_LENGTH} code points after stripping, and not none
 */
public record SendMessage(UUID conversationId, UUID clientMessageId, String text) {}
