package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** In a conversation a seq is one message and a message is one seq, whoever looks. */
final class I04OneMessagePerSeq implements Invariant {
    @Override
    public String number() {
        return "I4";
    }

    @Override
    public List<String> broken(Past past) {
        Map<Place, UUID> messages = new HashMap<>();
        Map<UUID, Place> places = new HashMap<>();
        List<String> broken = new ArrayList<>();
        for (Sighting sighting : past.sightings()) {
            MessageView seen = sighting.message();
            Place place = new Place(seen.conversationId(), seen.seq());
            UUID message = messages.putIfAbsent(place, seen.id());
            Place former = places.putIfAbsent(seen.id(), place);
            if (message != null && !message.equals(seen.id())) {
                broken.add(place + " is " + message + ", and in " + sighting.where() + " " + seen.id());
            }
            if (former != null && !former.equals(place)) {
                broken.add(seen.id() + " is at " + former + ", and in " + sighting.where() + " at " + place);
            }
        }
        return broken;
    }

    private record Place(UUID conversation, long seq) {}
}
