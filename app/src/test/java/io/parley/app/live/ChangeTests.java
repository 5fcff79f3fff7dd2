package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Person;
import io.parley.domain.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What others do, as a client sees it; each frame is checked by the {@link Replica}. */
interface ChangeTests extends LiveTests {

    @Test
    default void everyConnectionOfEveryMemberSeesTheSame() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID group = ada.group(bob);
        List<LiveClient> clients = List.of(live(ada), live(ada), live(bob));

        for (int i = 0; i < 10; i++) {
            LiveClient sender = clients.get(i % clients.size());
            sender.say(LiveBench.send(sender, group, "m" + i));
        }
        clients.forEach(client ->
                client.until("ten messages", () -> client.replica().texts(group).size() == 10));

        assertThat(clients)
                .extracting(client -> client.replica().messages(group))
                .containsOnly(clients.get(0).replica().messages(group));
    }

    @Test
    default void messagesOfOneSenderComeInTheirOrderAndWithoutHoles() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID direct = ada.direct(bob);
        LiveClient client = live(bob);

        bench().flood(ada, direct, 300, number -> "m" + number);

        client.until("all", () -> client.replica().messages(direct).size() == 300);
        assertThat(client.replica().messages(direct))
                .extracting(message -> message.seq())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    default void typingGoesToOthersAndNotToOneself() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID direct = ada.direct(bob);
        LiveClient typing = live(ada);
        LiveClient other = live(bob);

        typing.say(new ClientFrame.Typing(null, direct));

        other.until("typing", () -> !other.frames(ServerFrame.Typing.class).isEmpty());
        assertThat(other.frames(ServerFrame.Typing.class)).containsOnly(new ServerFrame.Typing(direct, ada.id()));
        // The same node has told everybody by now.
        typing.settled();
        assertThat(typing.frames(ServerFrame.Typing.class)).isEmpty();
    }

    @Test
    @Tag("wire-hundred")
    default void nobodyHearsTypingInAConversationOfMoreThanAHundred() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID crowd = ada.group(bob);
        UUID direct = ada.direct(bob);
        bench().sql("update conversations set member_count = 101 where id = :id", Map.of("id", crowd));
        LiveClient typing = live(ada);
        LiveClient other = live(bob);

        typing.say(new ClientFrame.Typing(null, crowd));
        typing.say(new ClientFrame.Typing(null, direct));

        other.until("the second", () -> other.frames(ServerFrame.Typing.class)
                .contains(new ServerFrame.Typing(direct, ada.id())));
        assertThat(other.frames(ServerFrame.Typing.class))
                .extracting(ServerFrame.Typing::conversationId)
                .doesNotContain(crowd);
    }

    @Test
    @Tag("wire-unknown")
    default void toAStrangerAConversationIsUnknownAlsoForTyping() {
        UUID foreign = bench().person().group();
        LiveClient stranger = live(bench().person());

        stranger.say(new ClientFrame.Typing(null, foreign));

        stranger.until(
                "an error", () -> !stranger.frames(ServerFrame.Failure.class).isEmpty());
        assertThat(LiveBench.code(stranger.frames(ServerFrame.Failure.class).get(0)))
                .isEqualTo(ErrorCode.CONVERSATION_UNKNOWN.wireName());
    }
}
