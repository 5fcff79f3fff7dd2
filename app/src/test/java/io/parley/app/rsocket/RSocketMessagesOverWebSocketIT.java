package io.parley.app.rsocket;

import io.parley.api.Routes;
import io.parley.app.testing.Node;
import org.springframework.messaging.rsocket.RSocketRequester;

class RSocketMessagesOverWebSocketIT extends RSocketMessagesContract {
    private final Node node;

    RSocketMessagesOverWebSocketIT(Node node) {
        super(node, node.webSocket(Routes.RSOCKET));
        this.node = node;
    }

    @Override
    RSocketRequester requester(String token) {
        return node.requester(token, node.rsocketOverWebSocket());
    }
}
