package io.parley.app.worker;

import io.parley.app.gateway.Closing;
import io.rsocket.DuplexConnection;
import io.rsocket.exceptions.ConnectionCloseException;
import io.rsocket.plugins.DuplexConnectionInterceptor;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Closes each RSocket connection when the node does: one on which nothing streams would not notice. */
@Component
public final class ConnectionCloser implements DuplexConnectionInterceptor {
    private final Closing closing;

    ConnectionCloser(Closing closing) {
        this.closing = closing;
    }

    @Override
    public DuplexConnection apply(Type type, DuplexConnection connection) {
        if (type == Type.SOURCE) {
            closing.begun()
                    .then(Mono.<Void>fromRunnable(
                            () -> connection.sendErrorAndClose(new ConnectionCloseException("node.stopping"))))
                    .takeUntilOther(connection.onClose())
                    .subscribe();
        }
        return connection;
    }
}
