package io.parley.infra.postgres;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads single columns; those that may be null say so. */
final class Column {
    private Column() {}

    static UUID uuid(Readable row, String name) {
        return present(row, name, UUID.class);
    }

    static String text(Readable row, String name) {
        return present(row, name, String.class);
    }

    static long number(Readable row, String name) {
        return present(row, name, Long.class);
    }

    static Instant instant(Readable row, String name) {
        return present(row, name, Instant.class);
    }

    static boolean isNull(Readable row, String name) {
        return row.get(name) == null;
    }

    static <T> @Nullable T optional(Readable row, String name, Class<T> type) {
        return row.get(name, type);
    }

    /** A constant that is stored by its name in lower case. */
    static <E extends Enum<E>> E constant(Readable row, String name, Class<E> type) {
        return Enum.valueOf(type, text(row, name).toUpperCase(Locale.ROOT));
    }

    static <E extends Enum<E>> @Nullable E optionalConstant(Readable row, String name, Class<E> type) {
        return isNull(row, name) ? null : constant(row, name, type);
    }

    static String stored(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** All constants of a kind that this release knows. */
    static String[] stored(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Column::stored).toArray(String[]::new);
    }

    static <T> T present(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }
}
