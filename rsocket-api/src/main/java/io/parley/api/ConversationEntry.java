package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in the list of one of its members.
 *
 * @param kind see {@link ConversationView}
 * @param title absent for direct ones
 * @param peer the other person of a direct conversation; absent otherwise
 * @param role see {@link MemberView}
 * @param position offset of the last change in its log; where the stream goes on from, if nothing else is said
 * @param headSeq number of its last message; 0 without any
 * @param unread how many messages come after {@code lastReadSeq}
 * @param lastReadSeq the last message that the member has read
 * @param lastDeliveredSeq the last message that has arrived at one of the member's devices
 * @param peerReadSeq the last message that the peer has read; absent where there is no peer
 * @param peerDeliveredSeq the last message that has arrived at one of the peer's devices; absent where there is no peer
 * @param visibleFromSeq the first message that the member may read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversationEntry(
        UUID id,
        String kind,
        @Nullable String title,
        String history,
        Instant createdAt,
        @Nullable UserRef peer,
        String role,
        int memberCount,
        long position,
        long headSeq,
        long unread,
        long lastReadSeq,
        long lastDeliveredSeq,
        @Nullable Long peerReadSeq,
        @Nullable Long peerDeliveredSeq,
        long visibleFromSeq) {}
