package io.parley.api;

/** Gives a member another role: {@code owner}, {@code admin} or {@code member}. */
public record ChangeRole(String role) {}
