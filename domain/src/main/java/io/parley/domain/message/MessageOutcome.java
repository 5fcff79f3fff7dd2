package io.parley.domain.message;

import io.parley.domain.error.ChatException;
import io.parley.domain.log.Change.MessageChange;

/** What became of one command of a batch. */
public sealed interface MessageOutcome {

    /**
     * It holds now, by this command or an earlier one.
     *
     * @param change the message's present state and latest offset
     * @param appended whether this command took an offset, so that the change must be announced
     */
    record Done(MessageChange change, boolean appended) implements MessageOutcome {}

    /** It was refused, and the others of its batch were not. */
    record Refused(ChatException error) implements MessageOutcome {}
}
