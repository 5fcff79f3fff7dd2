package io.parley.api;

/** Gives a group or channel another title. */
public record RenameConversation(String title) {}
