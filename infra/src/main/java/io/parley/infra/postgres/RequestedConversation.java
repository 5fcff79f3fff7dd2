package io.parley.infra.postgres;

import io.parley.domain.conversation.NewConversation;
import io.parley.domain.user.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** What a client asked for with an idempotency key: the same words have the same hash, whatever order they came in. */
final class RequestedConversation {
    private final NewConversation conversation;
    private final UUID[] members;

    RequestedConversation(NewConversation conversation) {
        this.conversation = conversation;
        this.members = conversation.members().stream()
                .filter(member -> !member.equals(conversation.creator()))
                .distinct()
                .map(UserId::value)
                .sorted(Comparator.comparing(UUID::toString))
                .toArray(UUID[]::new);
    }

    /** Each once, without the creator, in the order in which the database sorts. */
    UUID[] members() {
        return members.clone();
    }

    byte[] hash() {
        // None of these holds a line feed.
        String words = String.join(
                "\n",
                List.of(
                        Column.stored(conversation.kind()),
                        conversation.title().text(),
                        Column.stored(conversation.history()),
                        Arrays.toString(members)));
        return sha256().digest(words.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }
}
