package io.parley.infra.redis;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.presence.Hint;
import io.parley.domain.presence.PresenceHint;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.TalkHint;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hints as text. The version first, then the kind: a node leaves what only a later one understands. */
final class SaidHints {
    private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    private static final String NUMBER = " ([0-9]{1,18})";
    private static final Pattern TYPING = Pattern.compile("1 typing " + ID + " " + ID);
    private static final Pattern PRESENCE = Pattern.compile("1 presence " + ID);
    private static final Pattern RECEIPT =
            Pattern.compile("1 receipt " + ID + " " + ID + NUMBER + NUMBER + NUMBER + " (all|own)");

    private SaidHints() {}

    static String write(Hint hint) {
        if (hint instanceof TalkHint said) {
            String about = said.conversation().value() + " " + said.user().value();
            return said instanceof Receipt receipt ? "1 receipt " + about + state(receipt) : "1 typing " + about;
        }
        return "1 presence " + hint.user().value();
    }

    private static String state(Receipt receipt) {
        return " " + receipt.readSeq() + " " + receipt.deliveredSeq() + " " + receipt.unread()
                + (receipt.toAll() ? " all" : " own");
    }

    /** Empty for what nobody of this release says. */
    static Optional<Hint> read(String said) {
        Matcher typing = TYPING.matcher(said);
        if (typing.matches()) {
            return Optional.of(new Typing(conversation(typing), user(typing)));
        }
        Matcher presence = PRESENCE.matcher(said);
        if (presence.matches()) {
            return Optional.of(new PresenceHint(new UserId(UUID.fromString(presence.group(1)))));
        }
        Matcher receipt = RECEIPT.matcher(said);
        return receipt.matches() ? Optional.of(receipt(receipt)) : Optional.empty();
    }

    private static Receipt receipt(Matcher fields) {
        return new Receipt(
                conversation(fields),
                user(fields),
                Long.parseLong(fields.group(3)),
                Long.parseLong(fields.group(4)),
                Long.parseLong(fields.group(5)),
                fields.group(6).equals("all"));
    }

    private static ConversationId conversation(Matcher fields) {
        return new ConversationId(UUID.fromString(fields.group(1)));
    }

    private static UserId user(Matcher fields) {
        return new UserId(UUID.fromString(fields.group(2)));
    }
}
