package io.parley.infra.jwt;

import io.parley.domain.auth.SigningKeyRepository;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;

/** What a database does, for tests that need none. */
final class KeysInMemory implements SigningKeyRepository {
    private final List<SigningKey> keys = new CopyOnWriteArrayList<>();

    @Override
    public Flux<SigningKey> all() {
        return Flux.defer(() -> Flux.fromIterable(keys));
    }

    @Override
    public Flux<SigningKey> claim(SigningKey candidate) {
        return Flux.defer(() -> {
            if (keys.isEmpty()) {
                keys.add(candidate);
            }
            return all();
        });
    }
}
