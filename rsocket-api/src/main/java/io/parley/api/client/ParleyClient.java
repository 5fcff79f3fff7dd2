package io.parley.api.client;

import io.parley.api.ChangesRequest;
import io.parley.api.ClientFrame;
import io.parley.api.HistoryRequest;
import io.parley.api.MessageView;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.ServerFrame;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.RSocketErrorException;
import io.rsocket.core.RSocketConnector;
import io.rsocket.metadata.WellKnownMimeType;
import io.rsocket.transport.ClientTransport;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.client.WebsocketClientTransport;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One connection to a Parley server. Everything is lazy and paced by demand: the server reads no more than was asked for.
 *
 * <p>Errors of all: {@link ProblemException} if the server says why; anything else means that the connection is lost. It
 * stays lost: connect again, and repeat. What carries a client message id may be repeated without harm.
 */
public final class ParleyClient {
    private final RSocket rsocket;
    private final Mono<String> token;
    private final Wire wire = new Wire();

    private ParleyClient(RSocket rsocket, Mono<String> token) {
        this.rsocket = rsocket;
        this.token = token;
    }

    /**
     * Value: a new connection for each subscriber.
     *
     * @param server such as {@code tcp://chat.example.org:7070}, or {@code wss://chat.example.org/rsocket}
     * @param token an access token, asked for with each request, so that it can be refreshed in between; empty: nobody
     *     is signed in, and {@code hello} may bring one
     */
    public static Mono<ParleyClient> connect(URI server, Mono<String> token) {
        return Mono.defer(() -> RSocketConnector.create()
                .metadataMimeType(WellKnownMimeType.MESSAGE_RSOCKET_COMPOSITE_METADATA.getString())
                .dataMimeType(WellKnownMimeType.APPLICATION_JSON.getString())
                .connect(transport(server))
                .map(rsocket -> new ParleyClient(rsocket, token)));
    }

    private static ClientTransport transport(URI server) {
        return switch (String.valueOf(server.getScheme())) {
            case "tcp" -> TcpClientTransport.create(server.getHost(), server.getPort());
            case "ws", "wss" -> WebsocketClientTransport.create(server);
            default -> throw new IllegalArgumentException("expects tcp, ws or wss: " + server);
        };
    }

    /** Value: the stored message. */
    public Mono<MessageView> send(SendMessage message) {
        return request(Routes.MESSAGES_SEND, SendMessage.class, message)
                .flatMap(rsocket::requestResponse)
                .transform(answers -> read(answers.flux(), MessageView.class).next());
    }

    /** The messages asked for, by rising seq; those after one, if no limit is given, up to the latest. */
    public Flux<MessageView> history(HistoryRequest request) {
        return request(Routes.MESSAGES_HISTORY, HistoryRequest.class, request)
                .flatMapMany(rsocket::requestStream)
                .transform(answers -> read(answers, MessageView.class));
    }

    /**
     * What changed in a log: changes by rising offset and a {@code caughtUp}, or only a {@code gap}; then, if that is asked
     * for, what happens. That ends after one's own removal, or with a {@code goAway} and an error; a connection has at most
     * {@link io.parley.api.Limits#MAX_FOLLOWED} of them.
     */
    public Flux<ServerFrame> changes(ChangesRequest request) {
        return request(Routes.LOGS_CHANGES, ChangesRequest.class, request)
                .flatMapMany(rsocket::requestStream)
                .transform(answers -> read(answers, ServerFrame.class));
    }

    /**
     * What the server says while these frames are sent to it, {@code hello} first. The server waits for who does not take
     * its frames, and tells the latest state later. A connection has one of these at a time.
     */
    public Flux<ServerFrame> live(Flux<? extends ClientFrame> frames) {
        return Flux.defer(() -> token.singleOptional()
                        .flatMapMany(bearer -> rsocket.requestChannel(frames.index(
                                (index, frame) -> index == 0 ? opening(bearer, frame) : following(frame)))))
                .transform(answers -> read(answers, ServerFrame.class));
    }

    private Payload opening(Optional<String> bearer, ClientFrame frame) {
        return wire.request(Routes.LIVE, bearer, ClientFrame.class, frame);
    }

    private Payload following(ClientFrame frame) {
        return wire.frame(ClientFrame.class, frame);
    }

    /** Completes once it is sent; nobody answers, not even with an error. */
    public Mono<Void> typing(UUID conversation) {
        return request(Routes.TYPING, ClientFrame.class, new ClientFrame.Typing(null, conversation))
                .flatMap(rsocket::fireAndForget);
    }

    private Mono<Payload> request(String route, Class<?> type, Object data) {
        return token.singleOptional().map(bearer -> wire.request(route, bearer, type, data));
    }

    private <T> Flux<T> read(Flux<Payload> answers, Class<T> type) {
        return answers.mapNotNull(payload -> wire.read(payload, type))
                .onErrorMap(RSocketErrorException.class, wire::explained);
    }

    /** Completes or fails when the connection is lost or closed. */
    public Mono<Void> onClose() {
        return rsocket.onClose();
    }

    /** Closes the connection; doing it twice does nothing. */
    public void close() {
        rsocket.dispose();
    }
}
