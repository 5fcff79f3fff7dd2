package io.parley.app.rsocket;

import io.parley.app.testing.Node;
import io.parley.domain.auth.TokenIssuer;
import tools.jackson.databind.json.JsonMapper;

class AccountsRSocketOverWebSocketIT extends AccountsRSocketContract {

    AccountsRSocketOverWebSocketIT(Node node, JsonMapper json, TokenIssuer issuer) {
        super(node, node.rsocketOverWebSocket(), json, issuer);
    }
}
