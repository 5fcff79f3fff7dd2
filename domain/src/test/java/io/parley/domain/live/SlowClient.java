package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Follows one log as the contract says, with a demand of its own, and fails when it is told otherwise. */
final class SlowClient {
    private final Map<UUID, Long> items = new HashMap<>();
    private final String log;
    private long offset;
    private long start;
    private long inCatchUp = -1;
    private long wanted;
    private boolean ready;
    private Connection connection;

    SlowClient(UUID log, long offset) {
        this.log = log.toString();
        this.offset = offset;
        this.start = offset;
    }

    long offset() {
        return offset;
    }

    /** Everything at or below it was before this client's time. */
    long start() {
        return start;
    }

    Map<UUID, Long> items() {
        return Map.copyOf(items);
    }

    Connection connect() {
        connection = new Connection();
        ready = false;
        wanted = 0;
        inCatchUp = -1;
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
        String[] words = frame.split(" ");
        if (words[0].equals("ready")) {
            ready = true;
            return;
        }
        assertThat(ready).as("ready first").isTrue();
        assertThat(words[1]).isEqualTo(log);
        long number = Long.parseLong(words[2]);
        switch (words[0]) {
            case "change" -> change(number, UUID.fromString(words[3]));
            case "catchUp" -> {
                assertThat(inCatchUp).isEqualTo(-1);
                assertThat(number).isEqualTo(offset);
                inCatchUp = number;
            }
            case "caughtUp" -> {
                assertThat(inCatchUp).isBetween(0L, number);
                offset = number;
                inCatchUp = -1;
            }
            case "gap" -> {
                items.clear();
                offset = number;
                start = number;
                inCatchUp = -1;
            }
            default -> throw new AssertionError(frame);
        }
    }

    private void change(long number, UUID item) {
        if (inCatchUp >= 0) {
            assertThat(number).as("rising").isGreaterThan(inCatchUp);
            inCatchUp = number;
        } else {
            assertThat(number).as("the next").isEqualTo(offset + 1);
            offset = number;
        }
        items.merge(item, number, Math::max);
    }

    /** One subscription to a connection's stream. */
    final class Connection extends BaseSubscriber<byte[]> {
        private Throwable broken;

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
                broken = new AssertionError(new String(frame, UTF_8) + " at " + offset, error);
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            broken = error;
        }

        void holds() {
            if (broken != null) {
                throw new AssertionError("the contract is broken", broken);
            }
        }
    }
}
