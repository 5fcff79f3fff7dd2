package io.parley.app.rsocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.TooLongFrameException;
import io.rsocket.DuplexConnection;
import io.rsocket.RSocketErrorException;
import io.rsocket.frame.FrameHeaderCodec;
import java.net.SocketAddress;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A connection that ends when it can hear no more, such as after a frame over a limit. RSocket itself would leave it
 * open over TCP, deaf, and its client waiting; and it lets the client alone choose how often to be looked for.
 */
final class HearingConnection implements DuplexConnection {
    /** Header, position, and as much as anybody needs to tell one from another: each is sent back. */
    private static final int MAX_KEEP_ALIVE = FrameHeaderCodec.size() + Long.BYTES + 64;

    private final DuplexConnection connection;
    private final RSocketProblems problems;

    HearingConnection(DuplexConnection connection, RSocketProblems problems) {
        this.connection = connection;
        this.problems = problems;
    }

    @Override
    public Flux<ByteBuf> receive() {
        return connection.receive().filter(this::isTaken).doOnError(this::end);
    }

    /** What is not taken ends the connection. */
    private boolean isTaken(ByteBuf frame) {
        return switch (FrameHeaderCodec.frameType(frame)) {
            case SETUP -> !Patience.isBad(frame) || refused(problems.badPatience());
            case KEEPALIVE -> frame.readableBytes() <= MAX_KEEP_ALIVE || refused(problems.tooLarge());
            default -> true;
        };
    }

    private boolean refused(RSocketErrorException error) {
        connection.sendErrorAndClose(error);
        return false;
    }

    private void end(Throwable error) {
        if (error instanceof TooLongFrameException) {
            connection.sendErrorAndClose(problems.tooLarge());
        } else {
            connection.dispose();
        }
    }

    @Override
    public void sendFrame(int streamId, ByteBuf frame) {
        connection.sendFrame(streamId, frame);
    }

    @Override
    public void sendErrorAndClose(RSocketErrorException error) {
        connection.sendErrorAndClose(error);
    }

    @Override
    public ByteBufAllocator alloc() {
        return connection.alloc();
    }

    @Override
    public SocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public double availability() {
        return connection.availability();
    }

    @Override
    public Mono<Void> onClose() {
        return connection.onClose();
    }

    @Override
    public void dispose() {
        connection.dispose();
    }

    @Override
    public boolean isDisposed() {
        return connection.isDisposed();
    }
}
