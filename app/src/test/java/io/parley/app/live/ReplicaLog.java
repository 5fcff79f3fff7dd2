package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ConversationView;
import io.parley.api.EndedSessionView;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** One log in a client's store: items by id at their latest offset, and how far everything is held. */
final class ReplicaLog {
    private final Map<Object, Long> offsets = new ConcurrentHashMap<>();
    private final Map<UUID, MessageView> messages = new ConcurrentHashMap<>();
    private final UUID id;
    private volatile long offset;
    private volatile boolean inCatchUp;
    private long lastInCatchUp;

    ReplicaLog(UUID id, long offset) {
        this.id = id;
        this.offset = offset;
    }

    long offset() {
        return offset;
    }

    boolean isInCatchUp() {
        return inCatchUp;
    }

    List<MessageView> messages() {
        return messages.values().stream()
                .sorted(Comparator.comparingLong(MessageView::seq))
                .toList();
    }

    void change(ServerFrame.Change change) {
        if (inCatchUp) {
            assertThat(change.offset()).as("rising in a stretch of %s", id).isGreaterThan(lastInCatchUp);
            lastInCatchUp = change.offset();
        } else {
            next(change.offset());
        }
        put(change);
    }

    void skip(long skipped) {
        assertThat(inCatchUp).as("skips only outside of stretches").isFalse();
        next(skipped);
    }

    private void next(long following) {
        assertThat(following).as("the next offset of %s", id).isEqualTo(offset + 1);
        offset = following;
    }

    void catchUp(long from, long to) {
        assertThat(inCatchUp).as("one stretch at a time").isFalse();
        assertThat(from).as("where a stretch of %s begins", id).isEqualTo(offset);
        assertThat(to).isGreaterThan(from);
        inCatchUp = true;
        lastInCatchUp = from;
    }

    void caughtUp(long to) {
        assertThat(inCatchUp).as("a stretch of %s is open", id).isTrue();
        assertThat(to).isGreaterThanOrEqualTo(lastInCatchUp);
        offset = to;
        inCatchUp = false;
    }

    void gap(long to) {
        offsets.clear();
        messages.clear();
        offset = to;
        inCatchUp = false;
    }

    /** The connection broke within one: it is begun anew. */
    void forgetStretch() {
        inCatchUp = false;
    }

    private void put(ServerFrame.Change change) {
        Long held = offsets.put(item(change), change.offset());
        // A stretch that was cut off comes once more, equal or newer.
        assertThat(held == null || held <= change.offset()).as("never older").isTrue();
        if (change.message() != null) {
            assertThat(change.message().offset()).isEqualTo(change.offset());
            messages.put(change.message().id(), change.message());
        }
    }

    /** Its kind and id: on a user's log, items of several kinds have a conversation's id. */
    private static Object item(ServerFrame.Change change) {
        List<Object> items = Stream.<Object>of(
                        Optional.ofNullable(change.message()).map(MessageView::id),
                        Optional.ofNullable(change.member())
                                .map(member -> member.user().id()),
                        Optional.ofNullable(change.conversation()).map(ConversationView::id),
                        Optional.ofNullable(change.membership())
                                .map(membership -> List.of("membership", membership.conversationId())),
                        Optional.ofNullable(change.session()).map(EndedSessionView::id),
                        Optional.ofNullable(change.preferences()).map(preferences -> "preferences"),
                        Optional.ofNullable(change.draft()).map(draft -> List.of("draft", draft.conversationId())),
                        Optional.ofNullable(change.personal())
                                .map(personal -> List.of("personal", personal.conversationId())))
                .filter(item -> ((Optional<?>) item).isPresent())
                .toList();
        assertThat(items).as("exactly one item").hasSize(1);
        return items.get(0);
    }
}
