package io.parley.infra.startup;

import reactor.core.publisher.Mono;

/** A server behind this one: opened before a port opens here, asked for its health from then on. */
public interface Backend {

    /** As operators know it: {@code PostgreSQL}, {@code Kafka}, … */
    String name();

    /**
     * Whether this server is useless without it. If so, the start waits for it and fails without it, and readiness
     * is lost with it; otherwise the server starts, and stays ready, degraded.
     */
    boolean required();

    /**
     * Connects, prepares what must be there, and warms up, so that the first request finds everything loaded. May
     * block: runs on a thread that may. Completes when done. Errors: {@link StartupException} if a setting is wrong,
     * any other error if the server does not answer.
     */
    Mono<Void> open();

    /** Completes if the server answers. Never blocks. Errors: any, if it does not. */
    Mono<Void> ping();
}
