package io.parley.api;

/** How far somebody has read a conversation, and how many messages lie beyond. */
public record ReadPositionView(long lastReadSeq, long unread) {}
