package io.parley.app.rsocket;

import io.parley.api.Routes;
import io.parley.app.testing.Node;

class StreamBoundsOverWebSocketIT extends StreamBoundsContract {

    StreamBoundsOverWebSocketIT(Node node) {
        super(node, node.webSocket(Routes.RSOCKET));
    }
}
