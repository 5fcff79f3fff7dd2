package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Names one conversation. */
public record ConversationId(UUID value) {
    private static final byte[] DIRECT = "parley:direct:".getBytes(StandardCharsets.US_ASCII);

    /** The one direct conversation of two people: a version 8 UUID (RFC 9562) of the sorted pair, by SHA-256. */
    public static ConversationId direct(UserId one, UserId other) {
        boolean sorted = one.value().toString().compareTo(other.value().toString()) <= 0;
        MessageDigest digest = sha256();
        digest.update(DIRECT);
        digest.update(bytes(sorted ? one : other));
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(bytes(sorted ? other : one)));
        long high = (hash.getLong() & ~0xF000L) | 0x8000L;
        long low = (hash.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new ConversationId(new UUID(high, low));
    }

    private static byte[] bytes(UserId user) {
        return ByteBuffer.allocate(16)
                .putLong(user.value().getMostSignificantBits())
                .putLong(user.value().getLeastSignificantBits())
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }
}
