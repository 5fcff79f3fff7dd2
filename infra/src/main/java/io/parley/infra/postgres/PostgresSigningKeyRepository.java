package io.parley.infra.postgres;

import io.parley.domain.auth.SigningKeyRepository;
import io.r2dbc.spi.Readable;
import java.util.Base64;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** The keys of access tokens in PostgreSQL; that there is one current key is held by a unique index. */
final class PostgresSigningKeyRepository implements SigningKeyRepository {
    private static final String ALL = "select kid, private_key, use from signing_keys order by created_at";

    private static final String CLAIM = "insert into signing_keys (kid, private_key, created_at, use)"
            + " values (:kid, :privateKey, now(), 'current') on conflict do nothing";

    private final DatabaseClient client;

    PostgresSigningKeyRepository(DatabaseClient client) {
        this.client = client;
    }

    @Override
    public Flux<SigningKey> all() {
        return client.sql(ALL)
                .map(PostgresSigningKeyRepository::key)
                .all()
                .collectList()
                .flatMapIterable(keys -> keys)
                .onErrorMap(StoreErrors::translated);
    }

    @Override
    public Flux<SigningKey> claim(SigningKey candidate) {
        return client.sql(CLAIM)
                .bind("kid", candidate.id())
                .bind("privateKey", Base64.getDecoder().decode(candidate.pkcs8()))
                .then()
                .onErrorMap(StoreErrors::translated)
                .thenMany(all());
    }

    private static SigningKey key(Readable row) {
        String pkcs8 = Base64.getEncoder().encodeToString(Rows.column(row, "private_key", byte[].class));
        boolean current = Rows.column(row, "use", String.class).equals("current");
        return new SigningKey(Rows.column(row, "kid", String.class), pkcs8, current);
    }
}
