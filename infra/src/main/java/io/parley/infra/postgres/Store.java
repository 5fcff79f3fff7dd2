package io.parley.infra.postgres;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Asks PostgreSQL, for all adapters: whole answers, and whatever goes wrong as {@link Unavailable}. */
final class Store {
    private final DatabaseClient client;

    Store(DatabaseClient client) {
        this.client = client;
    }

    GenericExecuteSpec sql(String statement) {
        return client.sql(statement);
    }

    /**
     * All rows at once: a slow reader must not hold a connection; and rows arrive before the commit does, so that only
     * completion says that what a function wrote is stored.
     */
    static <T> Mono<List<T>> all(GenericExecuteSpec statement, Function<Readable, T> mapping) {
        return raw(statement, mapping).onErrorMap(Store::unavailable);
    }

    /** The same with the errors of the driver, for who tells them apart. */
    static <T> Mono<List<T>> raw(GenericExecuteSpec statement, Function<Readable, T> mapping) {
        return statement.map(mapping).all().collectList();
    }

    static Throwable unavailable(Throwable cause) {
        return new Unavailable(ErrorCode.STORE_UNAVAILABLE, cause);
    }
}
