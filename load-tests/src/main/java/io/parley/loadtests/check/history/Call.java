package io.parley.loadtests.check.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One operation as it was asked for; what the verb does not need is absent.
 *
 * @param key the client message id of a send
 * @param message what an edit or deletion concerns
 * @param user who is added or removed
 * @param seq how far somebody has read or received; of a page: the seq after which it begins, absent for the latest
 * @param limit of a page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Call(
        Verb verb,
        UUID conversation,
        @Nullable UUID key,
        @Nullable UUID message,
        @Nullable String text,
        @Nullable UUID user,
        @Nullable Long seq,
        @Nullable Integer limit) {

    public static Call send(UUID conversation, UUID key, String text) {
        return new Call(Verb.SEND, conversation, key, null, text, null, null, null);
    }

    public static Call edit(UUID conversation, UUID message, String text) {
        return new Call(Verb.EDIT, conversation, null, message, text, null, null, null);
    }

    public static Call delete(UUID conversation, UUID message) {
        return new Call(Verb.DELETE, conversation, null, message, null, null, null, null);
    }

    /** How far somebody has come: {@code READ} or {@code RECEIVED}. */
    public static Call position(Verb verb, UUID conversation, long seq) {
        return new Call(verb, conversation, null, null, null, null, seq, null);
    }

    /** Who comes or goes: {@code ADD}, {@code REMOVE} or {@code LEAVE}. */
    public static Call member(Verb verb, UUID conversation, UUID user) {
        return new Call(verb, conversation, null, null, null, user, null, null);
    }

    /** A part of the history after a seq; absent: the latest. */
    public static Call page(UUID conversation, @Nullable Long after, int limit) {
        return new Call(Verb.PAGE, conversation, null, null, null, null, after, limit);
    }
}
