package io.parley.api;

/** Gives a message another text. */
public record EditMessage(String text) {}
