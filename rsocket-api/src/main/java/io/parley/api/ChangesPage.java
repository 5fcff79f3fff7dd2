package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a log: everything that changed since an offset, each item once, at its latest offset.
 *
 * @param epoch the life of the store: offsets of another one mean nothing
 * @param gap forget all you hold of this log: it goes on at {@code head + 1}, and the history is to be read again
 * @param changes frames of type change, by rising offset
 * @param next what to ask for as {@code after} to go on; absent in a gap. Equal to {@code head}: that was all
 * @param head offset of the log's last change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangesPage(
        UUID epoch,
        boolean gap,
        List<ServerFrame> changes,
        @Nullable Long next,
        long head) {}
