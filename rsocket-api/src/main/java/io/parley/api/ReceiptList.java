package io.parley.api;

import java.util.List;

/**
 * How far a conversation has come with its members.
 *
 * @param receipts by user id; those of all members if there are at most {@value Limits#MAX_RECEIPT_MEMBERS}, else one's own
 */
public record ReceiptList(List<ReceiptView> receipts) {}
