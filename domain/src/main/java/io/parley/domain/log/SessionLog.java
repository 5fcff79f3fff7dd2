package io.parley.domain.log;

import io.parley.domain.auth.SessionId;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Ends sessions, and tells the devices of their users. */
public interface SessionLog {

    /**
     * Ends the session and appends that to its user's log, as one unit. Value, after the commit: the entry to announce;
     * an empty list if the session has ended before or does not exist. Errors: {@code Unavailable}.
     */
    Mono<List<LogEntry>> end(SessionId session, Instant now);
}
