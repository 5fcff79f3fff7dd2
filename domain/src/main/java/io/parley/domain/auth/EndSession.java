package io.parley.domain.auth;

import io.parley.domain.log.Announcer;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.SessionLog;
import java.time.Clock;
import java.util.List;
import reactor.core.publisher.Mono;

/** Ends a session everywhere: in the store, in front of it, and on every open connection of its device. */
public final class EndSession {
    private final SessionLog log;
    private final SessionRepository sessions;
    private final Announcer announcer;
    private final Clock clock;

    public EndSession(SessionLog log, SessionRepository sessions, Announcer announcer, Clock clock) {
        this.log = log;
        this.sessions = sessions;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** Completes when it is stored. Doing it twice does nothing. Errors: {@code Unavailable}. */
    public Mono<Void> end(SessionId session) {
        return Mono.defer(() -> log.end(session, clock.instant()))
                .flatMap(entries -> forget(session, entries))
                .checkpoint("EndSession");
    }

    private Mono<Void> forget(SessionId session, List<LogEntry> entries) {
        return sessions.revoke(session).then(announcer.announceEntries(entries));
    }
}
