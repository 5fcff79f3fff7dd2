package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ChangePersonal;
import io.parley.api.ClientFrame;
import io.parley.api.DraftView;
import io.parley.api.PersonalView;
import io.parley.api.Routes;
import io.parley.api.SaveDraft;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody keeps on one device, and who sees it: all devices of that person, and nobody else. */
interface PrivateStateTests extends LiveTests {
    Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

    @Test
    @Tag("log-6")
    default void whatOneDeviceKeepsTheOtherSeesAtOnceAndNobodyElse() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID direct = ada.direct(bob);
        LiveClient other = live(ada);
        LiveClient peer = live(bob);

        prefer(ada, Map.of("theme", "dark"));
        draft(ada, direct, "so far");
        change(ada, direct, new ChangePersonal("mentions", Optional.of(LATER), true));

        other.until(
                "all of it", () -> own(other, ada, ServerFrame.Change::personal).size() == 1);
        assertThat(own(other, ada, ServerFrame.Change::preferences)).containsExactly(Map.of("theme", "dark"));
        assertThat(own(other, ada, ServerFrame.Change::draft)).singleElement().satisfies(draft -> {
            assertThat(draft.conversationId()).isEqualTo(direct);
            assertThat(draft.text()).isEqualTo("so far");
        });
        assertThat(own(other, ada, ServerFrame.Change::personal))
                .containsExactly(new PersonalView(direct, "mentions", LATER, true));
        assertThat(peer.settled().frames(ServerFrame.Change.class)).isEmpty();
    }

    @Test
    default void whatWasKeptMeanwhileComesWithTheResume() {
        Person ada = bench().person();
        UUID group = ada.group();
        Replica replica = new Replica();
        LiveClient first = live(ada, replica);
        draft(ada, group, "one");
        first.until(
                "the draft", () -> !own(first, ada, ServerFrame.Change::draft).isEmpty());
        first.cut();

        draft(ada, group, "two");
        prefer(ada, Map.of("theme", "dark"));
        draft(ada, group, " ");
        LiveClient second = live(ada, replica);

        second.until(
                "the tombstone",
                () -> second.replica().isCaughtUp()
                        && !own(second, ada, ServerFrame.Change::draft).isEmpty());
        assertThat(own(second, ada, ServerFrame.Change::draft))
                .extracting(DraftView::text)
                .containsExactly((String) null);
        assertThat(own(second, ada, ServerFrame.Change::preferences)).containsExactly(Map.of("theme", "dark"));
    }

    @Test
    default void readingOnOneDeviceTakesTheMarkAwayOnTheOther() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID direct = ada.direct(bob);
        bob.say(direct, "one");
        LiveClient other = live(ada);
        LiveClient reader = live(ada);

        change(ada, direct, new ChangePersonal(null, null, true));
        reader.ask(new ClientFrame.Read(reader.ref(), direct, 1));

        other.until("both", () -> own(other, ada, ServerFrame.Change::personal).size() == 2);
        assertThat(own(other, ada, ServerFrame.Change::personal))
                .extracting(PersonalView::markedUnread)
                .containsExactly(true, false);
    }

    private static <T> List<T> own(LiveClient client, Person person, Function<ServerFrame.Change, T> item) {
        return client.frames(ServerFrame.Change.class).stream()
                .filter(change -> change.logId().equals(person.id()))
                .map(item)
                .filter(Objects::nonNull)
                .toList();
    }

    private static void prefer(Person person, Map<String, String> patch) {
        person.http()
                .patch()
                .uri(Routes.PREFERENCES)
                .bodyValue(patch)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static void draft(Person person, UUID conversation, String text) {
        person.http()
                .put()
                .uri(Routes.DRAFT, conversation)
                .bodyValue(new SaveDraft(text))
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private static void change(Person person, UUID conversation, ChangePersonal patch) {
        person.http()
                .patch()
                .uri(Routes.PERSONAL, conversation)
                .bodyValue(patch)
                .exchange()
                .expectStatus()
                .isOk();
    }
}
