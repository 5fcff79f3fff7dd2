package io.parley.app.live;

import io.parley.api.Routes;
import io.parley.app.testing.Node;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import java.net.URI;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.json.JsonMapper;

/** One log as the lines of a response. */
abstract class LogStreamOverHttp extends LogStreamContract {
    private final Queue<LogLine> open = new ConcurrentLinkedQueue<>();

    LogStreamOverHttp(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        super(node, json, issuer, writer, store);
    }

    /** Of a conversation, or of who reads. */
    final LogLine open(UUID log, long after, String query, Map<String, String> headers) {
        boolean own = log.equals(bob().id());
        String path = own ? Routes.MY_CHANGES : Routes.CHANGES.replace("{id}", log.toString());
        URI uri = URI.create(
                "http://127.0.0.1:" + bench().node().port("local.server.port") + path + "?after=" + after + query);
        LogLine line = new LogLine(log, after);
        HttpLines lines = new HttpLines(bench().json(), line).open(uri, headers);
        opened(line, lines);
        open.add(line);
        return line.over(lines);
    }

    void opened(LogLine line, HttpLines lines) {}

    @Override
    String endingAfter(ErrorCode code) {
        return LogLine.COMPLETED;
    }

    @Override
    void close() {
        open.forEach(LogLine::cut);
    }
}
