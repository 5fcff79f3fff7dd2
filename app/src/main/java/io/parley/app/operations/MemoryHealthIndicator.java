package io.parley.app.operations;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Out of service while what survives garbage collection fills more than {@value #SHED_PERCENT} % of the heap. */
@Component("memory")
final class MemoryHealthIndicator implements ReactiveHealthIndicator {
    static final int SHED_PERCENT = 90;

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(
                () -> health(survivingBytes(), Runtime.getRuntime().maxMemory()));
    }

    static Health health(long surviving, long most) {
        long percent = 100 * surviving / most;
        Health.Builder health = percent > SHED_PERCENT ? Health.outOfService() : Health.up();
        return health.withDetail("heapPercentAfterCollection", percent).build();
    }

    private long survivingBytes() {
        return pools.stream().mapToLong(MemoryHealthIndicator::survivingBytes).sum();
    }

    private static long survivingBytes(MemoryPoolMXBean pool) {
        @Nullable MemoryUsage afterCollection = pool.getCollectionUsage();
        return afterCollection == null ? 0 : afterCollection.getUsed();
    }
}
