package io.parley.app.rsocket;

import io.parley.app.gateway.RequestContext;
import io.parley.app.gateway.RequestIds;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.util.RSocketProxy;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Names each request of one connection and translates its errors; stands around everything, so that refusals by the
 * security rules and unknown routes pass through here too.
 */
final class RequestScope extends RSocketProxy {
    private final RSocketProblems problems;
    /** Permits are counted per connection: RSocket does not tell a responder the address of the other side. */
    private final String caller = "rsocket-" + RequestIds.next();

    RequestScope(RSocket responder, RSocketProblems problems) {
        super(responder);
        this.problems = problems;
    }

    @Override
    public Mono<Void> fireAndForget(Payload payload) {
        return Mono.defer(() -> {
            Named request = new Named();
            return super.fireAndForget(payload).onErrorMap(request::error).contextWrite(request::context);
        });
    }

    @Override
    public Mono<Payload> requestResponse(Payload payload) {
        return Mono.defer(() -> {
            Named request = new Named();
            return super.requestResponse(payload).onErrorMap(request::error).contextWrite(request::context);
        });
    }

    @Override
    public Flux<Payload> requestStream(Payload payload) {
        return Flux.defer(() -> {
            Named request = new Named();
            return super.requestStream(payload).onErrorMap(request::error).contextWrite(request::context);
        });
    }

    @Override
    public Flux<Payload> requestChannel(Publisher<Payload> payloads) {
        return Flux.defer(() -> {
            Named request = new Named();
            return super.requestChannel(payloads).onErrorMap(request::error).contextWrite(request::context);
        });
    }

    private final class Named {
        private final RequestContext request = new RequestContext(RequestIds.next(), caller);

        Throwable error(Throwable error) {
            return problems.frame(error, request.requestId());
        }

        Context context(Context context) {
            return request.into(context);
        }
    }
}
