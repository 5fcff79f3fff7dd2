package io.parley.app.rsocket;

import io.parley.app.testing.Node;
import tools.jackson.databind.json.JsonMapper;

class LobbyRSocketOverWebSocketIT extends LobbyRSocketContract {

    LobbyRSocketOverWebSocketIT(Node node, JsonMapper json) {
        super(node, node.rsocketOverWebSocket(), json);
    }
}
