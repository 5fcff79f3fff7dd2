package io.parley.app.live;

import io.parley.api.ChangesRequest;
import io.parley.api.ServerFrame;
import io.parley.api.client.ParleyClient;
import io.parley.api.client.ProblemException;
import io.parley.app.live.LogLine.Position;
import io.parley.app.testing.Node;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import tools.jackson.databind.json.JsonMapper;

/** One log as an RSocket stream, through the client that others use. */
class LogRSocketIT extends LogStreamContract {
    private final Queue<ParleyClient> clients = new ConcurrentLinkedQueue<>();

    LogRSocketIT(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        super(node, json, issuer, writer, store);
    }

    @Override
    LogLine open(String token, UUID log, Position from, boolean follow) {
        ParleyClient client = bench().node().client(token, bench().node().tcp());
        clients.add(client);
        LogLine line = new LogLine(log, from.after());
        Reader reader = new Reader(line);
        client.changes(new ChangesRequest(log, from.epoch(), from.after(), follow))
                .subscribe(reader);
        return line.over(reader);
    }

    @Override
    Position position(LogLine line) {
        return at(line.offset());
    }

    @Override
    String endingAfter(ErrorCode code) {
        return code.wireName();
    }

    @Override
    void close() {
        clients.forEach(ParleyClient::close);
    }

    private static final class Reader extends BaseSubscriber<ServerFrame> implements LogLine.Wire {
        private final LogLine line;

        Reader(LogLine line) {
            this.line = line;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // The test asks.
        }

        @Override
        protected void hookOnNext(ServerFrame frame) {
            line.hear(frame);
        }

        @Override
        protected void hookOnError(Throwable error) {
            line.end(
                    error instanceof ProblemException refused
                            ? refused.problem().code()
                            : error.toString());
        }

        @Override
        protected void hookOnComplete() {
            line.end(LogLine.COMPLETED);
        }

        @Override
        public void cut() {
            cancel();
        }
    }
}
