package io.parley.app.rsocket;

import io.parley.app.testing.Node;
import org.springframework.messaging.rsocket.RSocketRequester;

class RSocketMessagesOverTcpIT extends RSocketMessagesContract {
    private final Node node;

    RSocketMessagesOverTcpIT(Node node) {
        super(node, node.tcp());
        this.node = node;
    }

    @Override
    RSocketRequester requester(String token) {
        return node.requester(token, node.rsocketOverTcp());
    }
}
