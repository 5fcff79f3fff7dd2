package io.parley.infra.startup;

import reactor.core.publisher.Mono;

/** What must have been read from PostgreSQL before a port opens. */
public interface Preparation {

    /** Runs after the migrations, again if it failed. Does its own slow work on threads that may block. */
    Mono<Void> prepare();
}
