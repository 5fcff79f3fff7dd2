package io.parley.domain.message;

import io.parley.domain.log.Announcer;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.pipeline.Pipeline;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

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

    /**
     * Value: the message's state after the command, once it is committed. Commands for one conversation take effect in
     * the order of subscription. Errors: those of {@link MessageLog#append}; {@code Unavailable} STORE_BUSY if more is
     * waiting than the lane holds, STORE_UNAVAILABLE if it stays unknown whether the command took effect: it may be
     * repeated.
     */
    public Mono<MessageChange> write(MessageCommand command) {
        int lane = Math.floorMod(command.conversation().hashCode(), lanes.size());
        return lanes.get(lane).write(command);
    }
}
