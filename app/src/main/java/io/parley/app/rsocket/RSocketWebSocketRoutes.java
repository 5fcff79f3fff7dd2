package io.parley.app.rsocket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.parley.api.Headers;
import io.parley.api.Limits;
import io.parley.api.Problem;
import io.parley.api.Routes;
import io.parley.app.gateway.Problems;
import io.parley.app.gateway.RequestIds;
import io.parley.app.security.OriginPolicy;
import io.parley.app.security.SecurityHeaders;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Forbidden;
import io.rsocket.transport.netty.WebsocketDuplexConnection;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.http.server.WebsocketServerSpec;
import tools.jackson.databind.json.JsonMapper;

/** RSocket as WebSocket on the HTTP port: routes of Netty's, which no filter of Spring's sees. */
@Component
final class RSocketWebSocketRoutes implements NettyRouteProvider {
    private static final WebsocketServerSpec LIMITS = WebsocketServerSpec.builder()
            .maxFramePayloadLength(Limits.MAX_INBOUND_BYTES)
            .build();

    private final RSocketConnections connections;
    private final OriginPolicy origins;
    private final JsonMapper json;

    RSocketWebSocketRoutes(RSocketConnections connections, OriginPolicy origins, JsonMapper json) {
        this.connections = connections;
        this.origins = origins;
        this.json = json;
    }

    /** The first route that fits is taken. */
    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(this::isForeign, this::refuse)
                .ws(Routes.RSOCKET, (in, out) -> serve((Connection) in), LIMITS);
    }

    private Mono<Void> serve(Connection connection) {
        return connections.serve(new WebsocketDuplexConnection("server", connection), connection.channel());
    }

    private boolean isForeign(HttpServerRequest request) {
        return request.fullPath().equals(Routes.RSOCKET)
                && !origins.allows(
                        request.requestHeaders().get(HttpHeaderNames.ORIGIN),
                        request.requestHeaders().get(HttpHeaderNames.HOST));
    }

    private NettyOutbound refuse(HttpServerRequest request, HttpServerResponse response) {
        String requestId = RequestIds.of(request.requestHeaders().get(Headers.REQUEST_ID));
        Problem problem = Problems.of(new Forbidden(ErrorCode.ORIGIN_FORBIDDEN), requestId);
        SecurityHeaders.ofApi().forEach(response::header);
        return response.status(problem.status())
                .header(Headers.REQUEST_ID, requestId)
                .header(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .sendByteArray(Mono.fromSupplier(() -> json.writeValueAsBytes(problem)));
    }
}
