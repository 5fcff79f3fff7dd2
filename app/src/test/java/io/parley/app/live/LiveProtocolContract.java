package io.parley.app.live;

import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.json.JsonMapper;

/** The live protocol, whatever carries it: each transport says how a connection is opened, and all of this holds. */
@ServerTest
abstract class LiveProtocolContract
        implements GreetingTests,
                CommandTests,
                ReceiptTests,
                PrivateStateTests,
                ChangeTests,
                ResumeTests,
                MembershipTests,
                DemandTests,
                WatchTests,
                SessionEndTests {
    private final LiveBench bench;

    LiveProtocolContract(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        this.bench = new LiveBench(node, json, issuer, writer, store);
    }

    @Override
    public LiveBench bench() {
        return bench;
    }

    @AfterEach
    void close() {
        bench.closeAll();
    }
}
