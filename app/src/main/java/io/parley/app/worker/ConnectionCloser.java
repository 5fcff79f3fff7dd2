package io.parley.app.worker;

import io.parley.app.gateway.Closing;
import io.rsocket.DuplexConnection;
import io.rsocket.exceptions.ConnectionCloseException;
import io.rsocket.plugins.DuplexConnectionInterceptor;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Closes each RSocket connection when the node does: one on which nothing streams would not notice. */
@Component
public final class ConnectionCloser implements DuplexConnectionInterceptor {
    /** Streams end first, each with a reason that its reader understands. */
    private static final Duration AFTER_STREAMS = Duration.ofMillis(100);

    private final Closing closing;

    ConnectionCloser(Closing closing) {
        this.closing = closing;
    }

    @Override
    public DuplexConnection apply(Type type, DuplexConnection connection) {
        if (type == Type.SOURCE) {
            closing.begun()
                    .then(Mono.delay(AFTER_STREAMS))
                    .then(Mono.<Void>fromRunnable(
                            () -> connection.sendErrorAndClose(new ConnectionCloseException("node.stopping"))))
                    .takeUntilOther(connection.onClose())
                    .subscribe();
        }
        return connection;
    }
}
