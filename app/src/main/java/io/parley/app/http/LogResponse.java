package io.parley.app.http;

import io.netty.channel.Channel;
import io.parley.api.ChangesRequest;
import io.parley.app.gateway.PeerRoom;
import io.parley.app.live.LogStreams;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Answers a request with one log, for as long as it lasts. */
@Component
final class LogResponse {
    /** Proxies give up a response in which nothing comes, many of them after a minute. */
    static final Duration SIGN_EVERY = Duration.ofSeconds(15);

    private static final int PREFETCH = 16;
    private static final DataBuffer END = DefaultDataBufferFactory.sharedInstance.wrap(new byte[0]);

    private final LogStreams streams;

    LogResponse(LogStreams streams) {
        this.streams = streams;
    }

    /** Completes when all of it is sent. Errors before the first byte: the domain's. */
    Mono<Void> write(ServerWebExchange exchange, ChangesRequest request, ResponseForm form) {
        if (exchange.getRequest().getQueryParams().containsKey("limit")) {
            return Mono.error(() -> new InvalidInput(ErrorCode.PAGE_INVALID));
        }
        ServerHttpResponse response = exchange.getResponse();
        Channel channel = channel(response);
        response.getHeaders().setContentType(form.type());
        // A proxy that collects before it passes on would make this a page that never comes.
        response.getHeaders().set("X-Accel-Buffering", "no");
        Flux<DataBuffer> frames = streams.frames(request, form);
        boolean head = exchange.getRequest().getMethod().equals(HttpMethod.HEAD);
        return response.writeWith(head ? frames.take(1) : alive(frames, form)).contextWrite(PeerRoom.of(channel)::into);
    }

    private static Channel channel(ServerHttpResponse response) {
        HttpServerResponse netty = ServerHttpResponseDecorator.getNativeResponse(response);
        Channel[] found = new Channel[1];
        netty.withConnection(connection -> found[0] = connection.channel());
        return found[0];
    }

    /** The same, with signs of life between. */
    static Flux<DataBuffer> alive(Flux<DataBuffer> frames, ResponseForm form) {
        Flux<DataBuffer> signs = Flux.interval(SIGN_EVERY).onBackpressureDrop().map(tick -> form.sign());
        return Flux.merge(PREFETCH, frames.concatWithValues(END), signs)
                .takeWhile(buffer -> buffer != END)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }
}
