package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Published;
import io.parley.loadtests.check.history.StoredLog;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A history, sorted by what it is about. */
final class Past {
    private final List<Event> events;
    private final List<Op> ops = new ArrayList<>();
    private final Map<UUID, Event.Founded> conversations = new LinkedHashMap<>();
    private final Map<Long, Line> lines = new LinkedHashMap<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final Map<UUID, Chronicle> chronicles = new HashMap<>();

    private Past(List<Event> events) {
        this.events = events;
    }

    static Past of(List<Event> events) {
        Past past = new Past(events);
        past.sort();
        return past;
    }

    private void sort() {
        Map<Long, Event.Ended> ends = new HashMap<>();
        all(Event.Founded.class).forEach(founded -> conversations.put(founded.conversation(), founded));
        all(Event.Ended.class).forEach(end -> ends.put(end.op(), end));
        all(Event.Invoked.class).forEach(begin -> ops.add(new Op(begin, ends.get(begin.op()))));
        events.forEach(this::sort);
    }

    private void sort(Event event) {
        if (event instanceof Event.Opened opened) {
            lines.put(opened.line(), new Line(opened));
        } else if (event instanceof Event.Heard heard) {
            line(heard.line()).hear(heard);
            saw(heard.at(), heard.frame(), "line " + heard.line());
        } else if (event instanceof Event.Closed closed) {
            line(closed.line()).close(closed);
        } else if (event instanceof Event.Ended ended) {
            sort(ended);
        } else if (event instanceof Event.NodeRead read) {
            read.messages().forEach(message -> saw(read.at(), message, "final read of " + read.node()));
            read.log().forEach(frame -> saw(read.at(), frame, "final log of " + read.node()));
        } else if (event instanceof Event.StoreRead read) {
            read.logs().forEach(log -> log.entries()
                    .forEach(entry -> chronicle(log.id()).add(read.at(), entry)));
        } else if (event instanceof Event.WireRead read) {
            read.records().forEach(record -> chronicle(record.log()).add(read.at(), record));
        }
    }

    private void sort(Event.Ended ended) {
        MessageView message = ended.message();
        if (message != null) {
            saw(ended.at(), message, "answer to operation " + ended.op());
        }
        if (ended.page() != null) {
            ended.page().forEach(one -> saw(ended.at(), one, "page of operation " + ended.op()));
        }
    }

    private void saw(long at, ServerFrame frame, String where) {
        if (frame instanceof ServerFrame.Change change && conversations.containsKey(change.logId())) {
            chronicle(change.logId()).add(at, change);
            MessageView message = change.message();
            if (message != null) {
                sightings.add(new Sighting(at, message, where));
            }
        } else if (frame instanceof ServerFrame.Ack ack && ack.message() != null) {
            saw(at, ack.message(), where);
        }
    }

    private void saw(long at, MessageView message, String where) {
        sightings.add(new Sighting(at, message, where));
        chronicle(message.conversationId()).add(at, message);
    }

    private Line line(long number) {
        Line line = lines.get(number);
        if (line == null) {
            throw new IllegalArgumentException("the history has no opening of line " + number);
        }
        return line;
    }

    <E extends Event> Stream<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    List<Event> events() {
        return events;
    }

    Collection<Event.Founded> conversations() {
        return conversations.values();
    }

    List<Op> ops() {
        return ops;
    }

    Stream<Op> ops(Verb verb) {
        return ops.stream().filter(op -> op.verb() == verb);
    }

    Collection<Line> lines() {
        return lines.values();
    }

    List<Sighting> sightings() {
        return sightings;
    }

    Chronicle chronicle(UUID conversation) {
        return chronicles.computeIfAbsent(conversation, id -> new Chronicle());
    }

    List<String> nodes() {
        return all(Event.Begun.class).flatMap(begun -> begun.nodes().stream()).toList();
    }

    /** What the nodes told in the end. */
    Stream<Event.NodeRead> finalReads() {
        return all(Event.NodeRead.class);
    }

    /** What the nodes told the owner, who sees everything. */
    Stream<Event.NodeRead> finalReads(Event.Founded conversation) {
        return finalReads()
                .filter(read -> read.entry().id().equals(conversation.conversation())
                        && read.user().equals(conversation.owner()));
    }

    Stream<StoredLog> storedLogs() {
        return all(Event.StoreRead.class).flatMap(read -> read.logs().stream());
    }

    Stream<Published> published() {
        return all(Event.WireRead.class).flatMap(read -> read.records().stream());
    }
}
