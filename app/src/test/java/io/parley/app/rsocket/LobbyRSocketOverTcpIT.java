package io.parley.app.rsocket;

import io.parley.app.testing.Node;
import tools.jackson.databind.json.JsonMapper;

class LobbyRSocketOverTcpIT extends LobbyRSocketContract {

    LobbyRSocketOverTcpIT(Node node, JsonMapper json) {
        super(node, node.rsocketOverTcp(), json);
    }
}
