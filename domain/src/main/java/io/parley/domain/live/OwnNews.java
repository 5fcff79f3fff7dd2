package io.parley.domain.live;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a conversation's log says of one user's own membership after an offset up to which it is known. */
final class OwnNews {
    private OwnNews() {}

    static boolean isAbout(UserId user, LogEntry entry) {
        return entry.kind() == ItemKind.MEMBER && entry.item().equals(user.value());
    }

    static boolean isRemoval(UserId user, LogEntry entry, long known) {
        return isNews(user, entry, known) && entry.reason().goes();
    }

    private static boolean isNews(UserId user, LogEntry entry, long known) {
        return entry.offset() > known && isAbout(user, entry);
    }

    /** Every change of a log, up to and with the first that takes the user out. */
    static List<EncodedChange> untilRemoval(UserId user, List<EncodedChange> every, long known) {
        for (int i = 0; i < every.size(); i++) {
            if (isRemoval(user, every.get(i).entry(), known)) {
                return every.subList(0, i + 1);
            }
        }
        return every;
    }

    /** Whether the user comes into the conversation, which is news only to who does not know that the user had gone. */
    static boolean isComing(UserId user, List<EncodedChange> every, long known) {
        return every.stream()
                .map(EncodedChange::entry)
                .anyMatch(entry -> entry.reason().comes() && isNews(user, entry, known));
    }

    /**
     * The last of them in a compacted part of the log. If it does not take the user out, the user may have been out all the
     * same, since whatever told of it has been superseded; and what was said then may not be the user's to see.
     */
    static @Nullable LogEntry last(UserId user, List<EncodedChange> compacted, long known) {
        LogEntry last = null;
        for (EncodedChange change : compacted) {
            last = isNews(user, change.entry(), known) ? change.entry() : last;
        }
        return last;
    }
}
