package io.parley.infra.redis;

import io.parley.domain.log.Epoch;
import java.util.UUID;

/** Names of keys. Each holds the life of the store: what was noted in another one is not found any more. */
final class RedisKeys {
    private final Epoch epoch;

    RedisKeys(Epoch epoch) {
        this.epoch = epoch;
    }

    /** Such as {@code session:{epoch}:{id}}. */
    String of(String kind, Object id) {
        return of(epoch.value(), kind, id);
    }

    /** Of a life that may not be the present one. */
    static String of(UUID epoch, String kind, Object id) {
        return kind + ":" + epoch + ":" + id;
    }
}
