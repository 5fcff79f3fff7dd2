package io.parley.loadtests.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One WebSocket of the crowd: upgrades, says where it stands, then hands each frame on as it lies in the buffer. */
public final class LiveClient extends ChannelInboundHandlerAdapter {
    private static final int PING = 0x9;
    private static final int CLOSE = 0x8;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;

    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final Access access;
    private final Hearer hearer;
    private ChannelHandlerContext context;
    private ByteBuf rest;
    private boolean upgraded;
    private int together;

    LiveClient(Access access, Hearer hearer) {
        this.access = access;
        this.hearer = hearer;
    }

    /**
     * How a client gets in.
     *
     * @param resume the frame that says where it stands; null if the server has no such thing, and is done by the upgrade
     */
    public record Access(String token, String resume) {
        /** For who holds nothing yet. */
        public static final String NOTHING = "{\"type\":\"resume\",\"last\":true}";
    }

    /** Value: the ready frame, or nothing of a server that says none. Errors: if it comes to nothing. */
    public CompletableFuture<String> ready() {
        return ready;
    }

    /** From any thread. */
    public void send(UUID conversation, UUID clientMessageId, String text) {
        Channel channel = context.channel();
        channel.writeAndFlush(Frames.send(channel.alloc(), conversation, clientMessageId, text), channel.voidPromise());
    }

    /** Answered by an ack, like {@link #send}. */
    public void edit(UUID conversation, UUID message, String text) {
        Channel channel = context.channel();
        channel.writeAndFlush(Frames.edit(channel.alloc(), conversation, message, text), channel.voidPromise());
    }

    /** What comes from now on waits in kernels and in the server. */
    public void stopReading() {
        context.channel().config().setAutoRead(false);
    }

    public void readOn() {
        context.channel().config().setAutoRead(true);
    }

    /** As a line that breaks: by a reset, so that no port of this machine is kept for a minute. */
    public void cut() {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        context.channel().close();
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        active.writeAndFlush(Frames.upgrade(active.alloc(), access.token()), active.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        ByteBuf buffer = whole((ByteBuf) message);
        try {
            together = 0;
            if (upgraded || upgrade(buffer)) {
                frames(buffer);
            }
            if (together > 0) {
                hearer.together(together);
            }
            rest = buffer.isReadable() ? active.alloc().buffer().writeBytes(buffer) : null;
        } finally {
            buffer.release();
        }
    }

    private ByteBuf whole(ByteBuf buffer) {
        if (rest == null) {
            return buffer;
        }
        ByteBuf both = rest.writeBytes(buffer);
        buffer.release();
        rest = null;
        return both;
    }

    private boolean upgrade(ByteBuf buffer) {
        String head = buffer.toString(StandardCharsets.US_ASCII);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            fail(head);
            return false;
        }
        buffer.skipBytes(end + 4);
        upgraded = true;
        if (access.resume() == null) {
            ready.complete("");
        } else {
            context.writeAndFlush(Frames.helloAndResume(context.alloc(), access.resume()), context.voidPromise());
        }
        return true;
    }

    private void frames(ByteBuf buffer) {
        while (buffer.readableBytes() >= 2) {
            int start = buffer.readerIndex();
            int opcode = buffer.getByte(start) & 0xF;
            int length = buffer.getByte(start + 1) & 0x7F;
            int header = length == TWO_BYTES_FOLLOW ? 4 : length == EIGHT_BYTES_FOLLOW ? 10 : 2;
            if (buffer.readableBytes() < header) {
                return;
            }
            if (header == 4) {
                length = buffer.getUnsignedShort(start + 2);
            } else if (header == 10) {
                length = (int) buffer.getLong(start + 2);
            }
            if (buffer.readableBytes() < header + length) {
                return;
            }
            frame(opcode, buffer, start + header, length);
            buffer.readerIndex(start + header + length);
        }
    }

    private void frame(int opcode, ByteBuf buffer, int index, int length) {
        if (opcode == PING) {
            context.writeAndFlush(Frames.pong(context.alloc()), context.voidPromise());
        } else if (opcode == CLOSE) {
            fail("closed by the server: " + (length < 2 ? 0 : buffer.getUnsignedShort(index)));
        } else {
            Kind kind = Kind.of(buffer, index, length);
            if (!ready.isDone()) {
                greeted(kind, buffer.toString(index, length, StandardCharsets.UTF_8));
            }
            hearer.heard(this, kind, buffer, index, length);
            together += kind == Kind.CHANGE || access.resume() == null ? 1 : 0;
        }
    }

    /** What comes instead of ready says why. */
    private void greeted(Kind kind, String frame) {
        if (kind == Kind.READY) {
            ready.complete(frame);
        } else if (kind == Kind.OTHER) {
            fail(frame);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        if (rest != null) {
            rest.release();
            rest = null;
        }
        fail("the connection has ended");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
        fail(cause.toString());
        broken.close();
    }

    void fail(String why) {
        if (!ready.isDone()) {
            ready.completeExceptionally(new IllegalStateException(why));
        }
    }
}
