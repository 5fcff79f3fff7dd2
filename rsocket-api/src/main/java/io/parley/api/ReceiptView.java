package io.parley.api;

import java.util.UUID;

/**
 * How far a conversation has come with one of its members.
 *
 * @param readSeq the last message that the member has read
 * @param deliveredSeq the last message that has arrived at one of the member's devices
 */
public record ReceiptView(UUID userId, long readSeq, long deliveredSeq) {}
