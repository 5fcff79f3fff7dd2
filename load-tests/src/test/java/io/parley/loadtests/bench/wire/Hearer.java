package io.parley.loadtests.bench.wire;

import io.netty.buffer.ByteBuf;

/** Hears the frames of clients, each on its client's event loop; must not keep the buffer. */
public interface Hearer {

    void heard(LiveClient client, Kind kind, ByteBuf buffer, int index, int length);

    /** So many changes came with one read. */
    default void together(int changes) {}

    /** For clients of which only that they are there matters. */
    Hearer NONE = (client, kind, buffer, index, length) -> {};
}
