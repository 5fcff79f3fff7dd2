package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.loadtests.check.history.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A client message id is one message, and each answer to it and each sight of it has the same id, seq and time. */
final class I03OneMessagePerClientId implements Invariant {
    @Override
    public String number() {
        return "I3";
    }

    @Override
    public List<String> broken(Past past) {
        Map<Key, Identity> identities = new HashMap<>();
        List<String> broken = new ArrayList<>();
        past.ops(Verb.SEND).filter(Op::isOk).forEach(op -> {
            MessageView message = op.message();
            if (message == null || !Key.of(op).equals(Key.of(message))) {
                broken.add("operation " + op.invoked().op() + " was answered by another message: " + message);
            }
        });
        for (Sighting sighting : past.sightings()) {
            Identity seen = Identity.of(sighting.message());
            Identity first = identities.putIfAbsent(Key.of(sighting.message()), seen);
            if (first != null && !first.equals(seen)) {
                broken.add(Key.of(sighting.message()) + " is " + first + ", and in " + sighting.where() + " " + seen);
            }
        }
        return broken;
    }

    private record Identity(UUID id, long seq, Instant postedAt) {
        static Identity of(MessageView message) {
            return new Identity(message.id(), message.seq(), message.postedAt());
        }
    }
}
