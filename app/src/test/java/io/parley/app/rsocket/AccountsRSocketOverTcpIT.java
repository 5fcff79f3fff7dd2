package io.parley.app.rsocket;

import io.parley.app.testing.Node;
import io.parley.domain.auth.TokenIssuer;
import tools.jackson.databind.json.JsonMapper;

class AccountsRSocketOverTcpIT extends AccountsRSocketContract {

    AccountsRSocketOverTcpIT(Node node, JsonMapper json, TokenIssuer issuer) {
        super(node, node.rsocketOverTcp(), json, issuer);
    }
}
