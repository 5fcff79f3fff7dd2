package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.MessageView;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Person;
import io.parley.domain.error.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who comes into a conversation, or leaves it, while connected. */
interface MembershipTests extends LiveTests {

    @Test
    @Tag("connect-11")
    default void whoIsAddedIsToldOnTheOwnLogThenOfTheStartAndThenOfChanges() {
        Person ada = bench().person();
        Person bob = bench().person();
        LiveClient client = live(bob);

        UUID group = ada.group(bob);
        client.until("the group", () -> client.replica().knows(group));
        MessageView said = ada.say(group, "welcome");
        client.until("the message", () -> client.replica().texts(group).equals(List.of("welcome")));

        List<ServerFrame> frames = client.frames().stream()
                .filter(frame -> !(frame instanceof ServerFrame.Ready || frame instanceof ServerFrame.Pong))
                .toList();
        assertThat(frames.get(0)).isInstanceOfSatisfying(ServerFrame.Change.class, change -> {
            assertThat(change.logId()).isEqualTo(bob.id());
            assertThat(change.membership().conversationId()).isEqualTo(group);
            assertThat(change.membership().role()).isEqualTo("member");
        });
        assertThat(frames.get(1)).isInstanceOfSatisfying(ServerFrame.Gap.class, gap -> assertThat(gap.logId())
                .isEqualTo(group));
        assertThat(frames).last().isInstanceOfSatisfying(ServerFrame.Change.class, change -> assertThat(change.offset())
                .isEqualTo(said.offset()));
    }

    @Test
    @Tag("always-5")
    default void nothingIsSeenOfAConversationAfterTheRemoval() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID group = ada.group(bob);
        LiveClient client = live(bob);
        ada.say(group, "before");
        client.until("the first", () -> client.replica().texts(group).size() == 1);

        ada.remove(group, bob).expectStatus().is2xxSuccessful();
        bench().flood(ada, group, 20, number -> "after " + number);
        client.until("the removal", () -> !memberships(client, group).isEmpty());
        UUID another = ada.group(bob);
        client.until("another", () -> client.replica().knows(another));

        List<ServerFrame> seen = of(client, group);
        assertThat(seen).last().isInstanceOfSatisfying(ServerFrame.Change.class, change -> assertThat(change.reason())
                .isEqualTo("removed"));
        assertThat(client.frames().toString()).doesNotContain("after ");
        assertThat(LiveBench.code(client.ask(LiveBench.send(client, group, "still here"))))
                .isEqualTo(ErrorCode.CONVERSATION_UNKNOWN.wireName());
        assertThat(LiveBench.code(client.ask(new ClientFrame.Typing("t", group))))
                .isEqualTo(ErrorCode.CONVERSATION_UNKNOWN.wireName());
    }

    @Test
    default void whoLeavesSeesNothingMoreAndWhoComesBackBeginsAnew() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID channel = ada.channel();
        join(bob, channel);
        LiveClient client = live(bob);

        post(bob, Routes.CONVERSATION_LEAVE, channel);
        client.until("gone", () -> !memberships(client, channel).isEmpty());
        ada.say(channel, "meanwhile");
        join(bob, channel);
        client.until("back", () -> client.replica().knows(channel));
        ada.say(channel, "welcome back");
        client.until("the message", () -> client.replica().texts(channel).contains("welcome back"));

        assertThat(client.replica().texts(channel)).containsExactly("welcome back");
    }

    @Test
    @Tag("connect-11")
    default void comingAndGoingManyTimesEndsInTheState() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID group = ada.group(bob);
        LiveClient client = live(bob);

        for (int i = 0; i < 5; i++) {
            ada.remove(group, bob).expectStatus().is2xxSuccessful();
            ada.say(group, "without " + i);
            ada.add(group, bob).expectStatus().is2xxSuccessful();
        }
        client.until(
                "all news",
                () -> memberships(client, group).size() == 10
                        && client.replica().isCaughtUp());
        ada.say(group, "the last");
        client.until("the last", () -> client.replica().texts(group).contains("the last"));
    }

    @Test
    @Tag("log-6")
    default void whoMayNotReadWhatWasBeforeGetsSkipsOfIt() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID group = ada.open(Person.group("A group", "joined"));
        MessageView old = ada.say(group, "old secret");
        ada.add(group, bob).expectStatus().is2xxSuccessful();
        Replica replica = new Replica();
        LiveClient client = live(bob, replica);
        LiveClient admin = live(ada);

        admin.ask(new ClientFrame.Edit(admin.ref(), group, old.id(), "old secret, edited"));
        client.until("the skip", () -> !client.frames(ServerFrame.Skip.class).isEmpty());
        ada.say(group, "new");
        client.until("the new one", () -> replica.texts(group).equals(List.of("new")));
        client.cut();
        admin.ask(new ClientFrame.Edit(admin.ref(), group, old.id(), "old secret, once more"));
        ada.say(group, "newer");
        LiveClient back = live(bob, replica);

        back.until("the newer one", () -> replica.texts(group).equals(List.of("new", "newer")));
        assertThat(client.frames().toString() + back.frames()).doesNotContain("old secret");
    }

    private static void join(Person person, UUID channel) {
        post(person, Routes.CONVERSATION_JOIN, channel);
    }

    private static void post(Person person, String route, UUID conversation) {
        person.http().post().uri(route, conversation).exchange().expectStatus().is2xxSuccessful();
    }

    private static List<ServerFrame.Change> memberships(LiveClient client, UUID conversation) {
        return client.frames(ServerFrame.Change.class).stream()
                .filter(change -> change.membership() != null
                        && Objects.equals(change.membership().conversationId(), conversation))
                .toList();
    }

    /** What was said of a conversation on its own log. */
    private static List<ServerFrame> of(LiveClient client, UUID log) {
        return client.frames().stream()
                .filter(frame -> frame instanceof ServerFrame.Change change
                                && change.logId().equals(log)
                        || frame instanceof ServerFrame.Skip skip
                                && skip.logId().equals(log)
                        || frame instanceof ServerFrame.Gap gap && gap.logId().equals(log))
                .collect(Collectors.toList());
    }
}
