package io.parley.app.rsocket;

import io.parley.app.testing.Node;

class StreamBoundsOverTcpIT extends StreamBoundsContract {

    StreamBoundsOverTcpIT(Node node) {
        super(node, node.tcp());
    }
}
