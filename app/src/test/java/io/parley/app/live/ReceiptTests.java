package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.ConversationEntry;
import io.parley.api.Limits;
import io.parley.api.MarkReceived;
import io.parley.api.ReadPositionView;
import io.parley.api.ReceiptList;
import io.parley.api.ReceiptView;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is told how far somebody has read or received. What Redis carries may be lost, but not while it is there. */
interface ReceiptTests extends LiveTests {

    @Test
    @Tag("wire-receipts")
    default void receiptsReachTheOthersAndOnesOwnDevices() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID direct = ada.direct(bob);
        ada.say(direct, "one");
        ada.say(direct, "two");
        LiveClient phone = live(bob);
        LiveClient laptop = live(bob);
        LiveClient sender = live(ada);
        LiveClient stranger = live(bench().person());
        awaitHints(phone, sender, direct);

        ServerFrame received = phone.ask(new ClientFrame.Received(phone.ref(), direct, 2));
        ServerFrame read = laptop.ask(new ClientFrame.Read(laptop.ref(), direct, 1));

        assertThat(((ServerFrame.Ack) received).read()).isEqualTo(new ReadPositionView(0, 2, 2));
        assertThat(((ServerFrame.Ack) read).read()).isEqualTo(new ReadPositionView(1, 2, 1));
        for (LiveClient device : List.of(phone, laptop)) {
            hears(device, new ServerFrame.Receipt(direct, bob.id(), 0, 2, 2L));
            hears(device, new ServerFrame.Receipt(direct, bob.id(), 1, 2, 1L));
        }
        hears(sender, new ServerFrame.Receipt(direct, bob.id(), 0, 2, null));
        hears(sender, new ServerFrame.Receipt(direct, bob.id(), 1, 2, null));
        assertThat(stranger.settled().frames(ServerFrame.Receipt.class)).isEmpty();
        isListed(ada, bob, direct);
    }

    private static void isListed(Person ada, Person bob, UUID direct) {
        ConversationEntry adas = ada.get(ConversationEntry.class, Routes.CONVERSATION, direct);
        ConversationEntry bobs = bob.get(ConversationEntry.class, Routes.CONVERSATION, direct);
        assertThat(List.of(adas.peerReadSeq(), adas.peerDeliveredSeq())).containsExactly(1L, 2L);
        assertThat(List.of(bobs.lastReadSeq(), bobs.lastDeliveredSeq())).containsExactly(1L, 2L);
        assertThat(ada.get(ReceiptList.class, Routes.RECEIPTS, direct).receipts())
                .containsExactlyInAnyOrder(new ReceiptView(ada.id(), 2, 2), new ReceiptView(bob.id(), 1, 2));
    }

    @Test
    default void whatMovesNothingIsAnsweredAndToldToNobody() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID direct = ada.direct(bob);
        ada.say(direct, "one");
        LiveClient reader = live(bob);
        LiveClient sender = live(ada);
        awaitHints(reader, sender, direct);
        reader.ask(new ClientFrame.Read(reader.ref(), direct, 1));
        hears(sender, new ServerFrame.Receipt(direct, bob.id(), 1, 1, null));
        int before = sender.frames(ServerFrame.Receipt.class).size();

        reader.say(new ClientFrame.Received(null, direct, 1));
        ServerFrame again = reader.ask(new ClientFrame.Read(reader.ref(), direct, 1));
        ada.say(direct, "two");
        reader.ask(new ClientFrame.Received(reader.ref(), direct, 2));

        assertThat(((ServerFrame.Ack) again).read()).isEqualTo(new ReadPositionView(1, 1, 0));
        hears(sender, new ServerFrame.Receipt(direct, bob.id(), 1, 2, null));
        assertThat(sender.frames(ServerFrame.Receipt.class)).hasSize(before + 1);
    }

    @Test
    @Tag("wire-hundred")
    default void amongManyOnlyOnesOwnDevicesAreTold() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID group = ada.group(bob);
        crowd(group, Limits.MAX_RECEIPT_MEMBERS - 1);
        LiveClient phone = live(bob);
        LiveClient laptop = live(bob);
        LiveClient other = live(ada);
        awaitHints(phone, other, ada.direct(bob));
        ada.say(group, "one");
        phone.until("the message", () -> !phone.replica().texts(group).isEmpty());

        phone.ask(new ClientFrame.Read(phone.ref(), group, 1));
        hears(phone, new ServerFrame.Receipt(group, bob.id(), 1, 1, 0L));
        hears(laptop, new ServerFrame.Receipt(group, bob.id(), 1, 1, 0L));

        assertThat(other.settled().frames(ServerFrame.Receipt.class)).isEmpty();
        assertThat(bob.get(ReceiptList.class, Routes.RECEIPTS, group).receipts())
                .containsExactly(new ReceiptView(bob.id(), 1, 1));
    }

    @Test
    @Tag("always-5")
    default void whoIsNotInTheConversationHearsAndMovesNothing() {
        Person ada = bench().person();
        Person bob = bench().person();
        Person removed = bench().person();
        UUID group = ada.group(bob, removed);
        ada.say(group, "one");
        LiveClient outside = live(removed);
        LiveClient reader = live(bob);
        LiveClient sender = live(ada);
        awaitHints(reader, sender, group);
        ada.remove(group, removed).expectStatus().is2xxSuccessful();
        outside.until("the removal", () -> !outside.replica().knows(group));
        int before = outside.frames(ServerFrame.Receipt.class).size();

        reader.ask(new ClientFrame.Read(reader.ref(), group, 1));
        hears(sender, new ServerFrame.Receipt(group, bob.id(), 1, 1, null));

        assertThat(outside.settled().frames(ServerFrame.Receipt.class)).hasSize(before);
        for (Person person : List.of(removed, bench().person())) {
            person.http()
                    .put()
                    .uri(Routes.RECEIVED, group)
                    .bodyValue(new MarkReceived(1))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
            person.http()
                    .get()
                    .uri(Routes.RECEIPTS, group)
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
    }

    /** Members whom nobody knows, as cheaply as they come. */
    private void crowd(UUID conversation, int members) {
        bench().sql(
                        "insert into user_conversations (conversation_id, user_id, role, since, visible_from_seq)"
                                + " select :id, gen_random_uuid(), 'member', now(), 1 from generate_series(1, :members)",
                        Map.of("id", conversation, "members", members));
        bench().sql(
                        "update conversations set member_count = member_count + :members where id = :id",
                        Map.of("id", conversation, "members", members));
    }

    /** Another test may have taken Redis away: it is there again once typing is heard. */
    private static void awaitHints(LiveClient from, LiveClient to, UUID conversation) {
        from.until("the conversation", () -> from.replica().knows(conversation));
        Awaitility.await("hints")
                .atMost(Node.TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    from.say(new ClientFrame.Typing(null, conversation));
                    return !to.frames(ServerFrame.Typing.class).isEmpty();
                });
    }

    private static void hears(LiveClient client, ServerFrame.Receipt receipt) {
        client.until(receipt.toString(), () -> client.frames(ServerFrame.Receipt.class)
                .contains(receipt));
    }
}
