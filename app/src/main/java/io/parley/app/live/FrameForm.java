package io.parley.app.live;

import io.netty.buffer.ByteBuf;
import io.parley.api.ServerFrame.GoAway;
import org.reactivestreams.Publisher;

/** How the frames of a stream look on one transport. */
public interface FrameForm<T> {

    /** Takes over the caller's reference. */
    T frame(ByteBuf frame);

    /**
     * What comes last when a stream that has begun meets an error.
     *
     * @param frame the same reason as a frame
     */
    Publisher<T> farewell(GoAway reason, ByteBuf frame, Throwable error);
}
