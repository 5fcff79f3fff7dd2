package io.parley.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the history.
 *
 * @param messages newest first
 * @param before anchor of the page before this one; null if this one reaches the beginning
 */
public record MessagePage(
        List<MessageView> messages, @Nullable Long before) {}
