package io.parley.app.gateway;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a list that is sorted by id; {@code after} is null on the last one. */
record ListPage<T>(List<T> entries, @Nullable UUID after) {

    /** @param read one more than fit on the page, if there are that many */
    static <S, T> ListPage<T> of(List<S> read, int limit, Function<S, UUID> id, Function<S, T> view) {
        List<S> kept = read.subList(0, Math.min(limit, read.size()));
        UUID after = read.size() > limit ? id.apply(kept.get(limit - 1)) : null;
        return new ListPage<>(kept.stream().map(view).toList(), after);
    }
}
