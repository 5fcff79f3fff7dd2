package io.parley.infra.postgres;

import io.parley.domain.auth.SigningKeyRepository;
import io.r2dbc.spi.Readable;
import java.util.Base64;
import reactor.core.publisher.Flux;

/** The keys of access tokens in PostgreSQL; that there is one current key is held by a unique index. */
final class PostgresSigningKeyRepository implements SigningKeyRepository {
    private static final String ALL = "select kid, private_key, use from signing_keys order by created_at";

    private static final String CLAIM = "insert into signing_keys (kid, private_key, created_at, use)"
            + " values (:kid, :privateKey, now(), 'current') on conflict do nothing";

    private final Store store;

    PostgresSigningKeyRepository(Store store) {
        this.store = store;
    }

    @Override
    public Flux<SigningKey> all() {
        return Store.all(store.sql(ALL), PostgresSigningKeyRepository::key).flatMapIterable(keys -> keys);
    }

    @Override
    public Flux<SigningKey> claim(SigningKey candidate) {
        return store.sql(CLAIM)
                .bind("kid", candidate.id())
                .bind("privateKey", Base64.getDecoder().decode(candidate.pkcs8()))
                .then()
                .onErrorMap(Store::unavailable)
                .thenMany(all());
    }

    private static SigningKey key(Readable row) {
        String pkcs8 = Base64.getEncoder().encodeToString(Column.present(row, "private_key", byte[].class));
        boolean current = Column.text(row, "use").equals("current");
        return new SigningKey(Column.text(row, "kid"), pkcs8, current);
    }
}
