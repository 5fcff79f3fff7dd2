package io.parley.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a part of the history.
 *
 * @param before only messages with a lower offset; null for the newest
 * @param limit at most so many, 1 to {@value Limits#MAX_PAGE}; null for {@value Limits#DEFAULT_PAGE}
 */
public record HistoryRequest(
        @Nullable Long before, @Nullable Integer limit) {}
