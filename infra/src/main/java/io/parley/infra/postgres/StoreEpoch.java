package io.parley.infra.postgres;

import io.parley.domain.log.Epoch;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Which life of the store this is: read when PostgreSQL is opened, which is before anybody asks. */
final class StoreEpoch implements Epoch {
    private final Store store;
    private volatile @Nullable UUID value;

    StoreEpoch(Store store) {
        this.store = store;
    }

    Mono<Void> read() {
        return stored().doOnNext(epoch -> value = epoch).then();
    }

    /** For who only wants to know that the store answers. */
    Mono<UUID> stored() {
        return store.sql(LogSql.EPOCH)
                .map(row -> Column.uuid(row, "epoch"))
                .one()
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("the table store is empty")));
    }

    @Override
    public UUID value() {
        UUID known = value;
        if (known == null) {
            throw new IllegalStateException("PostgreSQL has not been opened yet");
        }
        return known;
    }
}
