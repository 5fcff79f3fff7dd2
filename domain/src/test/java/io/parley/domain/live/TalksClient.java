package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.Unavailable;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Follows all of its user's logs as the contract says, with a demand of its own, and fails when it is told otherwise. */
final class TalksClient {
    private final StoredTalks stored;
    private final Map<LogId, Held> logs = new HashMap<>();
    private long wanted;
    private boolean ready;
    private Connection connection;

    /** What the client holds of one log. */
    static final class Held {
        final Map<UUID, Long> items = new HashMap<>();
        long start;
        long offset;
        long inCatchUp = -1;

        Held(long offset) {
            this.start = offset;
            this.offset = offset;
        }
    }

    TalksClient(StoredTalks stored) {
        this.stored = stored;
    }

    @Nullable
    Held held(LogId log) {
        return logs.get(log);
    }

    Set<LogId> conversations() {
        Set<LogId> all = new HashSet<>(logs.keySet());
        all.remove(stored.own.id());
        return all;
    }

    Map<LogId, Long> offsets() {
        return logs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, log -> log.getValue().offset));
    }

    Connection connect() {
        connection = new Connection();
        ready = false;
        wanted = 0;
        logs.values().forEach(held -> held.inCatchUp = -1);
        return connection;
    }

    void request(long frames) {
        wanted += frames;
        connection.request(frames);
    }

    void cut() {
        connection.cancel();
    }

    private void take(String frame) {
        assertThat(wanted).as("frames beyond the demand").isPositive();
        wanted--;
        List<String> words = List.of(frame.split(" ", -1));
        if (words.get(0).equals("ready")) {
            ready(words);
            return;
        }
        assertThat(ready).as("ready first").isTrue();
        LogId log = new LogId(UUID.fromString(words.get(1)));
        long number = Long.parseLong(words.get(2));
        if (words.get(0).equals("gap")) {
            logs.put(log, new Held(number));
            return;
        }
        Held held = logs.get(log);
        assertThat(held).as("a log that the client knows").isNotNull();
        switch (words.get(0)) {
            case "change" -> change(log, held, number, words);
            case "skip" -> moves(held, number);
            case "catchUp" -> {
                assertThat(held.inCatchUp).isEqualTo(-1);
                assertThat(number).isEqualTo(held.offset);
                held.inCatchUp = number;
            }
            case "caughtUp" -> {
                assertThat(held.inCatchUp).isBetween(0L, number);
                held.offset = number;
                held.inCatchUp = -1;
            }
            default -> throw new AssertionError(frame);
        }
    }

    private void ready(List<String> words) {
        ready = true;
        Set<LogId> listed = new HashSet<>();
        for (int i = 1; i < words.size(); i += 2) {
            LogId log = new LogId(UUID.fromString(words.get(i)));
            listed.add(log);
            logs.putIfAbsent(log, new Held(Long.parseLong(words.get(i + 1))));
        }
        logs.keySet().retainAll(listed);
    }

    private static void moves(Held held, long number) {
        if (held.inCatchUp >= 0) {
            assertThat(number).as("rising").isGreaterThan(held.inCatchUp);
            held.inCatchUp = number;
        } else {
            assertThat(number).as("the next").isEqualTo(held.offset + 1);
            held.offset = number;
        }
    }

    private void change(LogId log, Held held, long number, List<String> words) {
        moves(held, number);
        UUID item = UUID.fromString(words.get(3));
        ItemKind kind = ItemKind.valueOf(words.get(4));
        boolean goes = Reason.valueOf(words.get(5)).goes();
        held.items.merge(item, number, Math::max);
        if (kind == ItemKind.MESSAGE) {
            long seq = Long.parseLong(words.get(6));
            assertThat(stored.talk(log).maySee(number, seq)).as("may be seen").isTrue();
        } else if (kind == ItemKind.MEMBERSHIP && goes) {
            logs.remove(new LogId(item));
        } else if (kind == ItemKind.MEMBER && goes && item.equals(stored.user.value())) {
            // Nothing of it may follow.
            logs.remove(log);
        }
    }

    /** One subscription to a connection's stream. */
    final class Connection extends BaseSubscriber<byte[]> {
        private Throwable broken;
        private boolean ended;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Asks when the test says so.
        }

        @Override
        protected void hookOnNext(byte[] frame) {
            try {
                if (broken == null && !isDisposed()) {
                    take(new String(frame, UTF_8));
                }
            } catch (AssertionError error) {
                broken = new AssertionError(new String(frame, UTF_8), error);
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            broken = error;
        }

        @Override
        protected void hookOnComplete() {
            ended = true;
        }

        boolean isSentAway() {
            return broken instanceof Unavailable;
        }

        void holds() {
            if (broken != null) {
                throw new AssertionError("the contract is broken", broken);
            }
            assertThat(ended).as("the connection has ended").isFalse();
        }
    }
}
