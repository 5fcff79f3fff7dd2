package io.parley.app.worker;

import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * The order of starting, which is reversed for stopping: servers behind us (phase 0, in {@code infra}), pipelines, our
 * own ports, and last what says that we are ready.
 */
public final class Phases {
    static final int WORKERS = 1_000;

    /** That of Spring Boot's web server. */
    public static final int SERVERS = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE;

    static final int DRAIN = Integer.MAX_VALUE;

    private Phases() {}
}
