package io.parley.app.docs;

import io.parley.api.ClientFrame;
import io.parley.api.ServerFrame;
import io.parley.api.client.ParleyClient;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What docs/live-protocol.md shows of the client in Java. */
final class ClientExample {
    private ClientExample() {}

    // shown from here
    /** Everything that happens to whom this token belongs; connect again from the offsets that you hold when it fails. */
    static Flux<ServerFrame> follow(URI server, Mono<String> token, UUID epoch, Map<UUID, Long> offsets) {
        Flux<ClientFrame> frames = Flux.just(
                new ClientFrame.Hello(null, null, "an example"), new ClientFrame.Resume(null, epoch, offsets, true));
        return ParleyClient.connect(server, token)
                .flatMapMany(client -> client.live(frames).doFinally(end -> client.close()));
    }
    // to here
}
