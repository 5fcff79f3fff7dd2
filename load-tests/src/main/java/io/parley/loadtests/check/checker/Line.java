package io.parley.loadtests.check.checker;

import io.parley.loadtests.check.history.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One connection, from its opening to its end. */
final class Line {
    private final Event.Opened opened;
    private final List<Event.Heard> heard = new ArrayList<>();
    private Event.@Nullable Closed closed;

    Line(Event.Opened opened) {
        this.opened = opened;
    }

    Event.Opened opened() {
        return opened;
    }

    long number() {
        return opened.line();
    }

    UUID user() {
        return opened.by().user();
    }

    /** One device has one connection after the other, and keeps what it holds. */
    String device() {
        return opened.by().user() + "/" + opened.by().device();
    }

    List<Event.Heard> heard() {
        return heard;
    }

    void hear(Event.Heard frame) {
        heard.add(frame);
    }

    void close(Event.Closed end) {
        closed = end;
    }

    boolean isOpen() {
        return closed == null;
    }

    @Override
    public String toString() {
        return "line " + number() + " (" + opened.by().device() + " at "
                + opened.by().node() + ")";
    }
}
