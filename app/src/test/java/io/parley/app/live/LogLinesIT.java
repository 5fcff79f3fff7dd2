package io.parley.app.live;

import io.parley.app.live.LogLine.Position;
import io.parley.app.testing.Node;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** One log as lines of JSON. */
class LogLinesIT extends LogStreamOverHttp {

    LogLinesIT(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        super(node, json, issuer, writer, store);
    }

    @Override
    LogLine open(String token, UUID log, Position from, boolean follow) {
        String epoch = from.epoch() == null ? "" : "&epoch=" + from.epoch();
        return open(
                log,
                from.after(),
                epoch + "&follow=" + follow,
                Map.of("Authorization", "Bearer " + token, "Accept", "application/x-ndjson"));
    }

    @Override
    Position position(LogLine line) {
        return at(line.offset());
    }
}
