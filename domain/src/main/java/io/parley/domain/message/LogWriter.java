package io.parley.domain.message;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.Announcer;
import io.parley.domain.pipeline.Pipeline;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The only way to write messages: conversations are hashed onto a few append lanes, each of which writes what has
 * gathered while its last batch was in flight.
 */
public final class LogWriter {
    public static final int LANES = 4;

    private final List<AppendLane> lanes;

    public LogWriter(MessageLog log, Announcer announcer) {
        this.lanes = IntStream.range(0, LANES)
                .mapToObj(number -> new AppendLane(number, log, announcer))
                .toList();
    }

    /** To be run for as long as the node writes. */
    public List<? extends Pipeline> pipelines() {
        return lanes;
    }

    /** The lane that writes this conversation. */
    public AppendLane lane(ConversationId conversation) {
        return lanes.get(Math.floorMod(conversation.hashCode(), lanes.size()));
    }
}
