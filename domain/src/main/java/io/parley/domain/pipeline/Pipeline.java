package io.parley.domain.pipeline;

import reactor.core.publisher.Mono;

/** A long-running part of the server that somebody subscribes to once, watches, and restarts when it ends. */
public interface Pipeline {

    /** What it does, in a word or two, for logs and metrics. */
    String name();

    /** Runs until cancelled; completing or failing means that it wants to be run again. May be run many times. */
    Mono<Void> run();
}
