package io.parley.loadtests.check.checker;

import io.parley.api.ConversationEntry;
import io.parley.api.LiveLimits;
import io.parley.api.MemberView;
import io.parley.api.MembershipView;
import io.parley.api.MessageView;
import io.parley.api.ReadPositionView;
import io.parley.api.ReceiptView;
import io.parley.api.ServerFrame;
import io.parley.api.UserRef;
import io.parley.loadtests.check.history.Actor;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Published;
import io.parley.loadtests.check.history.StoredLog;
import io.parley.loadtests.check.history.StoredLog.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * A small history, made by hand: a conversation of Ada, who opened it, Bob and Carl at two nodes. Its log begins with the
 * conversation at offset 1 and them at 2, 3 and 4.
 */
final class Story {
    static final UUID TALK = id(100);
    static final UUID ADA = id(1);
    static final UUID BOB = id(2);
    static final UUID CARL = id(3);
    static final UUID EPOCH = id(200);
    static final long FOUNDED = 4;

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final UserRef ADA_REF = new UserRef(ADA, "ada", "Ada");
    private static final UserRef BOB_REF = new UserRef(BOB, "bob", "Bob");
    private static final UserRef CARL_REF = new UserRef(CARL, "carl", "Carl");

    private final List<Event> events = new ArrayList<>();
    private long now;
    private long ops;

    Story(String history) {
        add(at -> new Event.Begun(at, 1, List.of("one", "two"), Map.of()));
        add(at -> new Event.Founded(at, TALK, history, ADA, List.of(ADA, BOB, CARL)));
    }

    static UUID id(long number) {
        return new UUID(0, number);
    }

    List<Event> events() {
        return events;
    }

    Story add(LongFunction<Event> event) {
        events.add(event.apply(now++));
        return this;
    }

    static MessageView message(long offset, long seq, UUID sender, String text) {
        return new MessageView(TALK, offset, seq, id(1_000 + seq), sender, id(2_000 + seq), text, THEN, null, null);
    }

    static MessageView edited(MessageView message, long offset, String text) {
        return new MessageView(
                TALK,
                offset,
                message.seq(),
                message.id(),
                message.senderId(),
                message.clientMessageId(),
                text,
                THEN,
                THEN,
                null);
    }

    static MessageView deleted(MessageView message, long offset) {
        return new MessageView(
                TALK,
                offset,
                message.seq(),
                message.id(),
                message.senderId(),
                message.clientMessageId(),
                null,
                THEN,
                message.editedAt(),
                THEN);
    }

    static Actor actor(UUID user, String node) {
        return new Actor(user, "phone", node, "websocket");
    }

    long begin(UUID user, Call call) {
        long op = ++ops;
        add(at -> new Event.Invoked(at, op, actor(user, "one"), call));
        return op;
    }

    Story end(long op, Outcome outcome, MessageView message) {
        return add(at -> new Event.Ended(at, op, outcome, null, message, null, null));
    }

    /** Said and acknowledged. */
    Story said(MessageView message) {
        return end(begin(message.senderId(), callOf(message)), Outcome.OK, message);
    }

    static Call callOf(MessageView message) {
        return Call.send(TALK, message.clientMessageId(), message.text());
    }

    Story changed(UUID user, Call call, MessageView message) {
        return end(begin(user, call), Outcome.OK, message);
    }

    Story ended(UUID user, Call call, Outcome outcome) {
        return end(begin(user, call), outcome, null);
    }

    Story position(UUID user, Call call, long read, long delivered, long unread) {
        long op = begin(user, call);
        return add(at ->
                new Event.Ended(at, op, Outcome.OK, null, null, new ReadPositionView(read, delivered, unread), null));
    }

    Story page(UUID user, Long after, int limit, MessageView... messages) {
        long op = begin(user, Call.page(TALK, after, limit));
        return add(at -> new Event.Ended(at, op, Outcome.OK, null, null, null, List.of(messages)));
    }

    /** Connects with nothing, to a log that has come this far. */
    Story opens(long line, UUID user, long position) {
        add(at -> new Event.Opened(at, line, actor(user, "two"), null, Map.of()));
        return hears(line, ready(user, position));
    }

    /** Connects again, holding the log up to an offset. */
    Story resumes(long line, UUID user, long held, long position) {
        add(at -> new Event.Opened(at, line, actor(user, "two"), EPOCH, Map.of(TALK, held, user, 1L)));
        return hears(line, ready(user, position));
    }

    static ServerFrame ready(UUID user, long position) {
        return new ServerFrame.Ready(
                EPOCH,
                id(300),
                new UserRef(user, "somebody", "Somebody"),
                1,
                25,
                LiveLimits.current(),
                List.of(entry(position, 0, 0, 0)),
                true);
    }

    static ConversationEntry entry(long position, long headSeq, long read, long delivered) {
        return new ConversationEntry(
                TALK,
                "group",
                "Talk",
                "all",
                THEN,
                null,
                "member",
                3,
                position,
                headSeq,
                headSeq - read,
                read,
                delivered,
                null,
                null,
                1);
    }

    Story hears(long line, ServerFrame frame) {
        return add(at -> new Event.Heard(at, line, frame));
    }

    Story hears(long line, String reason, MessageView message) {
        return hears(line, change(reason, message));
    }

    static ServerFrame.Change change(String reason, MessageView message) {
        return new ServerFrame.Change(
                TALK, message.offset(), reason, message, null, null, null, null, null, null, null);
    }

    static ServerFrame.Change member(UUID user, long offset, String reason) {
        UserRef ref = user.equals(ADA) ? ADA_REF : user.equals(BOB) ? BOB_REF : CARL_REF;
        boolean in = reason.equals("added") || reason.equals("joined");
        return new ServerFrame.Change(
                TALK,
                offset,
                reason,
                null,
                new MemberView(TALK, ref, in ? "member" : null, THEN),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static ServerFrame.Change membership(UUID user, long offset, String reason, String role, long visibleFromSeq) {
        return new ServerFrame.Change(
                user,
                offset,
                reason,
                null,
                null,
                null,
                new MembershipView(TALK, role, visibleFromSeq),
                null,
                null,
                null,
                null);
    }

    Story catchesUp(long line, long from, long to) {
        return hears(line, new ServerFrame.CatchUp(TALK, from, to));
    }

    Story caughtUp(long line, long offset) {
        return hears(line, new ServerFrame.CaughtUp(TALK, offset));
    }

    Story closes(long line) {
        return add(at -> new Event.Closed(at, line, "cut"));
    }

    /** What both nodes tell Ada in the end. */
    Story reads(long head, MessageView... messages) {
        return reads("one", head, messages).reads("two", head, messages);
    }

    Story reads(String node, long head, MessageView... messages) {
        List<ServerFrame> log = new ArrayList<>();
        for (MessageView message : messages) {
            log.add(change("created", message));
        }
        return add(at -> new Event.NodeRead(
                at,
                node,
                ADA,
                entry(head, messages.length, 0, 0),
                List.of(messages),
                log,
                List.of(new ReceiptView(ADA, 0, 0))));
    }

    /** What the database has in the end. */
    Story stored(long head, MessageView... messages) {
        return stored(head, 0, List.of(), messages);
    }

    Story stored(long head, long outbox, List<StoredEntry> members, MessageView... messages) {
        List<StoredEntry> entries = new ArrayList<>();
        entries.add(new StoredEntry("conversation", TALK, 1, "created"));
        List<UUID> users = List.of(ADA, BOB, CARL);
        for (UUID user : users) {
            StoredEntry moved = members.stream()
                    .filter(entry -> entry.item().equals(user))
                    .findFirst()
                    .orElse(new StoredEntry("member", user, 2 + users.indexOf(user), "added"));
            entries.add(moved);
        }
        for (MessageView message : messages) {
            entries.add(new StoredEntry("message", message.id(), message.offset(), "created"));
        }
        return add(at -> new Event.StoreRead(at, outbox, List.of(new StoredLog(TALK, head, messages.length, entries))));
    }

    /** That Kafka has the founding and these. */
    Story published(MessageView... messages) {
        List<Published> records = new ArrayList<>();
        records.add(new Published(TALK, 1, "conversation", TALK, "created"));
        List<UUID> users = List.of(ADA, BOB, CARL);
        users.forEach(user -> records.add(new Published(TALK, 2 + users.indexOf(user), "member", user, "added")));
        for (MessageView message : messages) {
            records.add(new Published(TALK, message.offset(), "message", message.id(), "created"));
        }
        return add(at -> new Event.WireRead(at, records));
    }

    /** Everything that a run leaves in the end, as it should be. */
    Story settled(long head, MessageView... messages) {
        return reads(head, messages).stored(head, messages).published(messages);
    }
}
