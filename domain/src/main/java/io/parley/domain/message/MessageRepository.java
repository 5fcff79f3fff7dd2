package io.parley.domain.message;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The log of the lobby. Nothing happens before subscription; cancelling gives the connection back. */
public interface MessageRepository {

    /**
     * Stores the draft at the next offset.
     *
     * <p>Value: the stored message, after the commit. A client message id seen before yields the message stored then,
     * also when two nodes race. Errors: {@code Conflict} if that id came with another text, {@code Unavailable} if the
     * outcome is unknown; then the same draft may be appended again.
     */
    Mono<Message> append(Draft draft);

    /** Emits the messages of the page, newest first, then completes. Errors: {@code Unavailable}. */
    Flux<Message> history(HistoryPage page);

    /** Value: the message. Errors: {@code NotFound}, {@code Unavailable}. */
    Mono<Message> find(MessageId id);
}
