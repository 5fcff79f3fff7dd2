package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Verb;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Nobody sees a message or a text that nobody said, or that was definitely refused. */
final class I02RefusedIsNotSeen implements Invariant {
    @Override
    public String number() {
        return "I2";
    }

    @Override
    public List<String> broken(Past past) {
        Map<Key, Set<String>> said = new HashMap<>();
        Map<UUID, Set<String>> edited = new HashMap<>();
        past.ops().stream().filter(op -> op.outcome() != Outcome.FAIL).forEach(op -> {
            if (op.verb() == Verb.SEND) {
                said.computeIfAbsent(Key.of(op), key -> new HashSet<>()).add(text(op));
            } else if (op.verb() == Verb.EDIT) {
                edited.computeIfAbsent(op.call().message(), id -> new HashSet<>())
                        .add(text(op));
            }
        });
        return past.sightings().stream()
                .filter(sighting -> !isFounded(
                        sighting.message(),
                        said.get(Key.of(sighting.message())),
                        edited.get(sighting.message().id())))
                .map(sighting -> sighting.where() + ": " + sighting.message())
                .distinct()
                .toList();
    }

    private static String text(Op op) {
        String text = op.call().text();
        return text == null ? "" : text;
    }

    private static boolean isFounded(MessageView seen, @Nullable Set<String> said, @Nullable Set<String> edited) {
        String text = seen.text();
        return said != null && (text == null || said.contains(text) || (edited != null && edited.contains(text)));
    }
}
