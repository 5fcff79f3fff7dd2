package io.parley.api;

/**
 * How far somebody has come with a conversation.
 *
 * @param lastReadSeq the last message that was read
 * @param lastDeliveredSeq the last message that has arrived at one of the devices
 * @param unread how many messages come after {@code lastReadSeq}
 */
public record ReadPositionView(long lastReadSeq, long lastDeliveredSeq, long unread) {}
