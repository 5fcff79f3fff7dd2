package io.parley.app.live;

import io.netty.buffer.ByteBufAllocator;
import io.parley.api.ServerFrame;
import io.parley.app.gateway.Views;
import io.parley.domain.live.Frame;
import io.parley.domain.live.LiveFrames;
import io.parley.domain.log.LogId;
import io.parley.domain.presence.Presence;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import org.springframework.stereotype.Component;

/** Frames as Netty sends them; those beside changes as JSON. */
@Component
final class JsonLiveFrames implements LiveFrames {
    private final FrameCodec codec;

    JsonLiveFrames(FrameCodec codec) {
        this.codec = codec;
    }

    @Override
    public Frame of(byte[] wire) {
        return NettyFrame.of(wire, ByteBufAllocator.DEFAULT);
    }

    @Override
    public byte[] skip(LogId log, long offset) {
        return codec.write(new ServerFrame.Skip(log.value(), offset));
    }

    @Override
    public byte[] catchUp(LogId log, long from, long to) {
        return codec.write(new ServerFrame.CatchUp(log.value(), from, to));
    }

    @Override
    public byte[] caughtUp(LogId log, long offset) {
        return codec.write(new ServerFrame.CaughtUp(log.value(), offset));
    }

    @Override
    public byte[] gap(LogId log, long to) {
        return codec.write(new ServerFrame.Gap(log.value(), to));
    }

    @Override
    public byte[] typing(Typing typing) {
        return codec.write(new ServerFrame.Typing(
                typing.conversation().value(), typing.user().value()));
    }

    @Override
    public byte[] receipt(Receipt receipt, boolean own) {
        return codec.write(new ServerFrame.Receipt(
                receipt.conversation().value(),
                receipt.user().value(),
                receipt.readSeq(),
                receipt.deliveredSeq(),
                own ? receipt.unread() : null));
    }

    @Override
    public byte[] presence(UserId user, Presence presence) {
        return codec.write(new ServerFrame.Presence(user.value(), Views.word(presence)));
    }
}
