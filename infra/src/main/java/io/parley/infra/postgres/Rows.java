package io.parley.infra.postgres;

import io.r2dbc.spi.Readable;
import java.util.Objects;

/** Reads columns that are never null. */
final class Rows {
    private Rows() {}

    static <T> T column(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }
}
