package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.Limits;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Person;
import io.parley.domain.error.ErrorCode;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a client is told of those whom it has on its screen. */
interface WatchTests extends LiveTests {
    @Test
    @Tag("wire-watch")
    default void theStateOfEachComesAfterTheAnswerAndThenWhatChanges() {
        Person ada = bench().person();
        Person bob = bench().person();
        Person eve = bench().person();
        ada.direct(bob);
        live(eve);
        LiveClient client = live(ada);

        List<ServerFrame> told = watch(client, bob.id(), eve.id(), ada.id());
        assertThat(told)
                .containsExactly(
                        new ServerFrame.Presence(bob.id(), "offline"),
                        new ServerFrame.Presence(eve.id(), "unknown"),
                        new ServerFrame.Presence(ada.id(), "online"));

        live(bob);
        client.until("Bob comes", () -> presence(client, bob).equals("online"));
        assertThat(presence(client, eve)).isEqualTo("unknown");
    }

    @Test
    @Tag("wire-watch")
    default void whoeverComesIntoAConversationIsSeenAndWhoLeavesIsNot() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID group = ada.group();
        live(bob);
        LiveClient client = live(ada);
        assertThat(watch(client, bob.id())).containsExactly(new ServerFrame.Presence(bob.id(), "unknown"));

        ada.add(group, bob).expectStatus().is2xxSuccessful();
        client.until("Bob is seen", () -> presence(client, bob).equals("online"));

        ada.remove(group, bob).expectStatus().is2xxSuccessful();
        client.until("Bob is not seen", () -> presence(client, bob).equals("unknown"));
    }

    @Test
    default void whoeverIsNotWatchedAnyMoreIsNotToldOf() {
        Person ada = bench().person();
        Person bob = bench().person();
        Person eve = bench().person();
        ada.group(bob, eve);
        LiveClient client = live(ada);
        watch(client, bob.id());
        watch(client, eve.id());

        live(bob);
        live(eve);

        client.until("Eve comes", () -> presence(client, eve).equals("online"));
        assertThat(presence(client, bob)).isEqualTo("offline");
        assertThat(watch(client)).isEmpty();
    }

    @Test
    default void asManyAreWatchedAsFitAndNoMore() {
        Person ada = bench().person();
        LiveClient client = live(ada);
        List<UUID> fit =
                Stream.generate(UUID::randomUUID).limit(Limits.MAX_WATCH).toList();

        ServerFrame more = client.ask(new ClientFrame.Watch(
                client.ref(),
                Stream.concat(fit.stream(), Stream.of(UUID.randomUUID())).toList()));
        ServerFrame nobody = client.ask(new ClientFrame.Watch(client.ref(), Collections.singletonList(null)));
        ServerFrame nothing = client.ask(new ClientFrame.Watch(client.ref(), null));

        assertThat(LiveBench.code(more)).isEqualTo(ErrorCode.LIVE_WATCH_TOO_MANY.wireName());
        assertThat(LiveBench.code(nobody)).isEqualTo(ErrorCode.REQUEST_MALFORMED.wireName());
        assertThat(LiveBench.code(nothing)).isEqualTo(ErrorCode.REQUEST_MALFORMED.wireName());
        assertThat(watch(client, fit.toArray(UUID[]::new))).hasSize(Limits.MAX_WATCH);
    }

    /** What it is told of first. */
    static List<ServerFrame> watch(LiveClient client, UUID... users) {
        ServerFrame answer = client.ask(new ClientFrame.Watch(client.ref(), List.of(users)));
        assertThat(answer).isInstanceOf(ServerFrame.Ack.class);
        int from = client.frames().indexOf(answer) + 1;
        client.until("the state of each", () -> client.frames().size() >= from + users.length);
        return client.frames().subList(from, from + users.length);
    }

    static String presence(LiveClient client, Person person) {
        return client.frames(ServerFrame.Presence.class).stream()
                .filter(frame -> frame.userId().equals(person.id()))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .presence();
    }
}
