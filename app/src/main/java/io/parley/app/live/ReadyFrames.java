package io.parley.app.live;

import io.parley.api.ConversationEntry;
import io.parley.api.Limits;
import io.parley.api.LiveLimits;
import io.parley.api.ServerFrame;
import io.parley.api.UserRef;
import io.parley.app.gateway.Views;
import io.parley.domain.auth.Caller;
import io.parley.domain.conversation.ConversationReader.Mine;
import io.parley.domain.log.Epoch;
import io.parley.domain.user.User;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Tells a client what it is in, in as many frames as it takes. */
@Component
final class ReadyFrames {
    /** A connection on which nothing came for twice as long is dead. */
    static final int HEARTBEAT_SECONDS = 25;

    private final FrameCodec codec;
    private final Epoch epoch;

    ReadyFrames(FrameCodec codec, Epoch epoch) {
        this.codec = codec;
        this.epoch = epoch;
    }

    /** Each is written when it is asked for. */
    Iterator<byte[]> of(Caller caller, User user, Mine mine) {
        int all = mine.conversations().size();
        int pages = Math.max(1, (all + Limits.MAX_LIST - 1) / Limits.MAX_LIST);
        return IntStream.range(0, pages)
                .mapToObj(page -> page(caller, user, mine, page * Limits.MAX_LIST))
                .iterator();
    }

    private byte[] page(Caller caller, User user, Mine mine, int from) {
        int all = mine.conversations().size();
        int to = Math.min(from + Limits.MAX_LIST, all);
        List<ConversationEntry> entries =
                mine.conversations().subList(from, to).stream().map(Views::of).toList();
        return codec.write(frame(caller, user, mine, entries, to == all));
    }

    private ServerFrame frame(Caller caller, User user, Mine mine, List<ConversationEntry> entries, boolean last) {
        UserRef ref = new UserRef(
                user.id().value(), user.handle().text(), user.displayName().text());
        return new ServerFrame.Ready(
                epoch.value(),
                caller.session().value(),
                ref,
                mine.log().head(),
                HEARTBEAT_SECONDS,
                LiveLimits.current(),
                entries,
                last);
    }
}
