package io.parley.loadtests.check.workload;

import io.parley.api.ClientFrame;
import io.parley.api.MessageView;
import io.parley.loadtests.check.history.Actor;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.History;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One device of one person: does its steps one after the other, says again elsewhere what got no certain answer, and comes back
 * whenever its line ends.
 */
final class Client implements Runnable {
    static final String MARK = "cut-here";
    private static final long LOOK_MILLIS = 50;
    private static final long COME_BACK_MILLIS = 300;
    private static final long TAKE_NOTHING_MILLIS = 3_000;
    private static final long CREDIT = 6;
    private static final long ALL_THE_CREDIT = 1_000_000;
    private static final int BURST = 5;
    private static final int PAGE = 20;
    private static final int TRIES = 12;
    private static final int LATEST = 8;
    private static final int AWAY_AT_MOST_MILLIS = 4_000;
    private static final int MARKED_ONE_IN = 12;

    private final History history;
    private final Rest rest;
    private final List<Door> doors;
    private final List<Talk> talks;
    private final Person person;
    private final Style style;
    private final Plan plan;
    private final Held held;
    private final Asking asking;
    private final List<MessageView> mine = new ArrayList<>();
    private final Deque<Again> again = new ArrayDeque<>();
    private final Map<UUID, Boolean> out = new ConcurrentHashMap<>();
    private int at;
    private volatile boolean stopping;
    private volatile boolean stopped;
    private volatile boolean closed;
    private volatile @Nullable Talking talking;

    /**
     * What kind of device it is.
     *
     * @param via {@code websocket} or {@code rsocket}
     * @param slow whether it allows few frames at a time, and seldom
     */
    record Style(String name, String via, boolean slow) {}

    /** What is to be said again. */
    private record Again(Call call, int tries) {}

    Client(History history, Rest rest, List<Door> doors, List<Talk> talks, Person person, Style style, Plan plan) {
        this.history = history;
        this.rest = rest;
        this.doors = doors;
        this.talks = talks.stream().filter(talk -> talk.isOpenTo(person)).toList();
        this.person = person;
        this.style = style;
        this.plan = plan;
        this.held = new Held(person.id());
        this.asking = new Asking(history, rest, person, style.name());
        this.at = plan.firstDoor();
    }

    Person person() {
        return person;
    }

    Held held() {
        return held;
    }

    /** Whether everything that was begun has an end, and the line is there. */
    boolean isQuiet() {
        Talking open = talking;
        return stopped && open != null && !open.isOver();
    }

    /** Begins nothing new; ends what was begun, and stays connected. */
    void stop() {
        stopping = true;
    }

    void close() {
        closed = true;
    }

    @Override
    public void run() {
        while (!closed) {
            Talking open = connected();
            if (open == null) {
                continue;
            }
            if (stopped) {
                pass(LOOK_MILLIS);
            } else if (!again.isEmpty() && (stopping || again.size() > 2)) {
                sayAgain(again.removeFirst());
            } else if (stopping) {
                stopped = true;
                allow(open, ALL_THE_CREDIT);
            } else {
                step(open, plan.next());
            }
        }
        Talking last = talking;
        if (last != null) {
            last.cut("the run is over");
        }
    }

    private @Nullable Talking connected() {
        Talking open = talking;
        if (open != null && !open.isOver()) {
            return open;
        }
        Door door = doors.get(at++ % doors.size());
        Actor actor = new Actor(person.id(), style.name(), door.node(), style.via());
        Long credit = style.slow() && style.via().equals("websocket") ? (stopped ? ALL_THE_CREDIT : CREDIT) : null;
        Talking fresh = Talking.open(history, held, actor, rest.client(), door, person.token(door), credit);
        talking = fresh;
        if (fresh.isOver()) {
            pass(COME_BACK_MILLIS);
            return null;
        }
        return fresh;
    }

    private void allow(Talking open, long credit) {
        if (style.slow() && style.via().equals("websocket")) {
            open.line().say(new ClientFrame.Credit(null, credit));
        }
    }

    private void step(Talking open, Step step) {
        pass(step.pauseMillis());
        allow(open, CREDIT);
        Talk talk = talks.get(step.talk() % talks.size());
        switch (step.kind()) {
            case SEND -> send(open, step, talk);
            case BURST -> burst(open, talk);
            case EDIT, DELETE -> change(open, step);
            case READ -> move(open, step, Verb.READ, talk);
            case RECEIVED -> move(open, step, Verb.RECEIVED, talk);
            case PAGE -> page(step, talk);
            case REPEAT -> repeat(step);
            case CUT -> goAway(open, step);
            case PAUSE -> takeNothing(open);
            case MEMBER ->
                talks.stream()
                        .filter(one -> one.lively() && one.owner() == person)
                        .findFirst()
                        .ifPresent(one -> member(step, one));
            case LEAVE -> leave(step, talk);
        }
    }

    private void send(Talking open, Step step, Talk talk) {
        String mark = step.choice() % MARKED_ONE_IN == 0 ? MARK + " " : "";
        Call call = Call.send(talk.id(), step.key(), mark + "m " + step.choice());
        Door door = doors.get(step.door());
        if (!step.elsewhere()) {
            keep(call, join(open.say(call)), 0);
        } else if (step.choice() % 2 == 0) {
            keep(call, asking.overRest(door, call), 0);
        } else {
            keep(call, asking.overRSocket(door, call), 0);
        }
    }

    private void burst(Talking open, Talk talk) {
        List<Call> calls = new ArrayList<>();
        List<CompletableFuture<Result>> answers = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            Call call = Call.send(talk.id(), plan.key(), "burst " + i);
            calls.add(call);
            answers.add(open.say(call));
        }
        for (int i = 0; i < BURST; i++) {
            keep(calls.get(i), join(answers.get(i)), 0);
        }
    }

    /** What has a certain answer is kept, what has not is said again. */
    private void keep(Call call, Result result, int tries) {
        MessageView message = result.message();
        if (result.isOk() && message != null && call.verb() == Verb.SEND) {
            mine.add(message);
        } else if (result.isOpen() && tries < TRIES) {
            again.addLast(new Again(call, tries + 1));
        }
    }

    private void sayAgain(Again one) {
        pass(COME_BACK_MILLIS);
        Door door = doors.get((at + one.tries()) % doors.size());
        Call call = one.call();
        boolean byRequest = call.verb() == Verb.SEND && one.tries() % 2 == 0;
        keep(call, byRequest ? asking.overRSocket(door, call) : asking.overRest(door, call), one.tries());
    }

    private void change(Talking open, Step step) {
        if (mine.isEmpty()) {
            return;
        }
        // Rather a late one than an early one: more of what happens to a message happens to it while it is told.
        int latest = Math.min(mine.size(), LATEST);
        MessageView message = mine.get(mine.size() - 1 - step.choice() % latest);
        Call call = step.kind() == Step.Kind.EDIT
                ? Call.edit(message.conversationId(), message.id(), "e " + step.choice())
                : Call.delete(message.conversationId(), message.id());
        if (step.elsewhere()) {
            asking.overRest(doors.get(step.door()), call);
        } else {
            join(open.say(call));
        }
    }

    private void move(Talking open, Step step, Verb verb, Talk talk) {
        long seen = held.seq(talk.id());
        if (seen == 0) {
            return;
        }
        // Not always up to the last, and sometimes back.
        Call call = Call.position(verb, talk.id(), Math.max(1, seen - step.choice() % 4));
        if (step.elsewhere()) {
            asking.overRest(doors.get(step.door()), call);
        } else {
            join(open.say(call));
        }
    }

    private void page(Step step, Talk talk) {
        long seen = held.seq(talk.id());
        Long after = step.choice() % 2 == 0 || seen < 5 ? null : seen - 5;
        asking.overRest(doors.get(step.door()), Call.page(talk.id(), after, PAGE));
    }

    private void repeat(Step step) {
        if (mine.isEmpty()) {
            return;
        }
        MessageView message = mine.get(step.choice() % mine.size());
        if (message.text() != null) {
            Call call = Call.send(message.conversationId(), message.clientMessageId(), message.text());
            Door door = doors.get(step.door());
            if (step.elsewhere()) {
                asking.overRSocket(door, call);
            } else {
                asking.overRest(door, call);
            }
        }
    }

    private static void goAway(Talking open, Step step) {
        open.cut("cut by its client");
        pass(step.choice() % AWAY_AT_MOST_MILLIS);
    }

    private void takeNothing(Talking open) {
        open.line().pause(true);
        pass(TAKE_NOTHING_MILLIS);
        open.line().pause(false);
    }

    /** Only the owner's first device does so: it believes to know who is in, and is set right by the answers. */
    private void member(Step step, Talk talk) {
        if (!style.name().endsWith("1")) {
            return;
        }
        List<Person> others =
                talk.members().stream().filter(member -> member != person).toList();
        UUID user = others.get(step.choice() % others.size()).id();
        boolean letIn = out.getOrDefault(key(talk, user), false);
        Call call = Call.member(letIn ? Verb.ADD : Verb.REMOVE, talk.id(), user);
        Result result = asking.overRest(doors.get(step.door()), call);
        for (int i = 0; result.isOpen() && i < TRIES; i++) {
            pass(COME_BACK_MILLIS);
            result = asking.overRest(doors.get((step.door() + i) % doors.size()), call);
        }
        out.put(key(talk, user), !letIn);
    }

    private static UUID key(Talk talk, UUID user) {
        return new UUID(
                talk.id().getMostSignificantBits() ^ user.getMostSignificantBits(),
                talk.id().getLeastSignificantBits() ^ user.getLeastSignificantBits());
    }

    private void leave(Step step, Talk talk) {
        if (talk.lively() && talk.owner() != person) {
            asking.overRest(doors.get(step.door()), Call.member(Verb.LEAVE, talk.id(), person.id()));
        }
    }

    private static Result join(CompletableFuture<Result> answer) {
        return answer.join();
    }

    private static void pass(long millis) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                .join();
    }
}
