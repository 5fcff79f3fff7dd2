package io.parley.api;

/**
 * Keeps what one has begun to write, for all one's devices.
 *
 * @param text as of a message; blank: removes it
 */
public record SaveDraft(String text) {}
