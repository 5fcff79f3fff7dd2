package io.parley.app.rsocket;

import io.parley.app.gateway.PeerRoom;
import io.parley.app.gateway.RequestContext;
import io.parley.app.gateway.RequestIds;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.util.RSocketProxy;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Names each request of one connection and translates its errors; stands around everything, so that refusals by the
 * security rules and unknown routes pass through here too.
 */
final class RequestScope extends RSocketProxy {
    private final OpenStreams open = new OpenStreams();
    private final String address;
    private final PeerRoom room;
    private final RSocketProblems problems;

    RequestScope(RSocket responder, String address, PeerRoom room, RSocketProblems problems) {
        super(responder);
        this.address = address;
        this.room = room;
        this.problems = problems;
    }

    @Override
    public Mono<Void> fireAndForget(Payload payload) {
        return named(() -> super.fireAndForget(payload).flux()).then();
    }

    @Override
    public Mono<Payload> requestResponse(Payload payload) {
        return named(() -> super.requestResponse(payload).flux()).next();
    }

    @Override
    public Flux<Payload> requestStream(Payload payload) {
        return named(() -> super.requestStream(payload));
    }

    @Override
    public Flux<Payload> requestChannel(Publisher<Payload> payloads) {
        return named(() -> super.requestChannel(payloads));
    }

    private <T> Flux<T> named(Supplier<Flux<T>> interaction) {
        return Flux.defer(() -> {
            RequestContext request = RequestContext.anonymous(RequestIds.next(), address);
            return open.any(Flux.defer(interaction))
                    .onErrorMap(error -> problems.frame(error, request.requestId()))
                    .contextWrite(request::into)
                    .contextWrite(room::into)
                    .contextWrite(open::into);
        });
    }
}
