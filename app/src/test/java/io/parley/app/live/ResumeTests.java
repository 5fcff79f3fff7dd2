package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.Limits;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a client gets that has been away. */
interface ResumeTests extends LiveTests {

    @Test
    @Tag("wire-next")
    default void afterACutNothingIsMissingAndNothingComesTwice() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID group = ada.group(bob);
        LiveClient all = live(ada);
        Replica replica = new Replica();

        LiveClient first = live(bob, replica);
        bench().flood(ada, group, 20, number -> "before " + number);
        first.until("the first", () -> replica.messages(group).size() == 20);
        first.cut();
        bench().flood(ada, group, 200, number -> "away " + number);
        all.until("those before", () -> all.replica().messages(group).size() >= 20);
        MessageView changed = all.replica().messages(group).get(3);
        all.ask(new ClientFrame.Edit(all.ref(), group, changed.id(), "edited"));
        LiveClient second = live(bob, replica);
        bench().flood(ada, group, 20, number -> "after " + number);

        all.until("all", () -> all.replica().messages(group).size() == 240);
        second.until("the same", () -> replica.offset(group) == all.replica().offset(group) && replica.isCaughtUp());
        assertThat(replica.messages(group)).isEqualTo(all.replica().messages(group));
    }

    @Test
    @Tag("wire-next")
    @Tag("always-3")
    default void cutsAtAnyMomentLoseNothing() {
        Person ada = bench().person();
        Person bob = bench().person();
        UUID group = ada.group(bob);
        LiveClient all = live(ada);
        Replica replica = new Replica();
        live(bob, replica).cut();

        for (int round = 0; round < 8; round++) {
            bench().flood(ada, group, 40, number -> "m" + number);
            LiveClient client = live(bob, replica);
            if (round % 2 == 0) {
                client.until("some of it", () -> !replica.messages(group).isEmpty());
            }
            client.cut();
        }
        LiveClient last = live(bob, replica);

        all.until("all", () -> all.replica().messages(group).size() == 320);
        last.until(
                "the same",
                () -> replica.isCaughtUp() && replica.messages(group).size() == 320);
        assertThat(replica.messages(group)).isEqualTo(all.replica().messages(group));
    }

    @Test
    @Tag("log-4")
    @Tag("wire-gap")
    default void offsetsOfAnotherEpochAreAGap() {
        Person ada = bench().person();
        UUID group = ada.group();
        bench().flood(ada, group, 3, number -> "m" + number);

        assertThat(resumed(ada, UUID.randomUUID(), group, 1)).isEqualTo(head(group));
    }

    @Test
    @Tag("wire-gap")
    default void anOffsetAboveTheHeadIsAGap() {
        Person ada = bench().person();
        UUID group = ada.group();

        assertThat(resumed(ada, epoch(ada), group, head(group) + 1)).isEqualTo(head(group));
        assertThat(resumed(ada, epoch(ada), group, -1)).isEqualTo(head(group));
    }

    @Test
    @Tag("log-4")
    @Tag("wire-gap")
    default void anOffsetBelowTheFloorIsAGap() {
        Person ada = bench().person();
        UUID group = ada.group();
        LiveClient following = live(ada);
        // More than the cache of recent changes reaches back, once it has them all.
        bench().flood(ada, group, 300, number -> "m" + number);
        following.until("all", () -> following.replica().messages(group).size() == 300);
        bench().sql("update conversations set floor = 20 where id = :id", Map.of("id", group));

        assertThat(resumed(ada, epoch(ada), group, 5)).isEqualTo(head(group));
    }

    @Test
    @Tag("wire-gap")
    default void moreThanAThousandChangesBehindIsAGapAndAThousandIsNot() {
        Person ada = bench().person();
        UUID group = ada.group();
        long before = head(group);
        bench().flood(ada, group, Limits.RESUME_CHANGES + 1, number -> "m" + number);

        assertThat(resumed(ada, epoch(ada), group, before)).isEqualTo(head(group));
        LiveClient client = from(ada, epoch(ada), Map.of(group, before + 1));
        client.until("a thousand", () -> client.replica().messages(group).size() == Limits.RESUME_CHANGES);
        assertThat(client.frames(ServerFrame.Gap.class)).isEmpty();
    }

    @Test
    @Tag("wire-gap")
    default void afterAGapItGoesOnLive() {
        Person ada = bench().person();
        UUID group = ada.group();
        LiveClient client = from(ada, UUID.randomUUID(), Map.of(group, 1L));
        client.until("gap", () -> !client.frames(ServerFrame.Gap.class).isEmpty());

        ada.say(group, "next");

        client.until("the next", () -> client.replica().texts(group).equals(List.of("next")));
    }

    @Test
    @Tag("wire-ready")
    default void theLogOfAStrangerIsIgnoredWithoutAnAnswer() {
        Person ada = bench().person();
        Person mallory = bench().person();
        UUID foreign = ada.group();

        LiveClient client = from(mallory, epoch(mallory), Map.of(foreign, 1L, ada.id(), 0L, UUID.randomUUID(), 5L));
        bench().flood(ada, foreign, 5, number -> "secret");
        client.settled();
        UUID own = mallory.group();
        client.until("the own group", () -> client.replica().knows(own));
        mallory.say(own, "hello");
        client.until("a message", () -> client.replica().texts(own).size() == 1);

        assertThat(client.replica().known()).containsExactlyInAnyOrder(mallory.id(), own);
    }

    @Test
    @Tag("wire-lists")
    default void whoIsInMoreThanFiveHundredIsToldInPagesAndResumesInSeveralFrames() {
        Person ada = bench().person();
        bench().sql("""
                        with made as (
                            insert into conversations (id, kind, history, creator_id, created_at, member_count)
                            select gen_random_uuid(), 'group', 'all', :user, now(), 1 from generate_series(1, 1100)
                            returning id)
                        insert into user_conversations (conversation_id, user_id, role, since, visible_from_seq)
                        select id, :user, 'owner', now(), 1 from made
                        """, Map.of("user", ada.id()));

        Replica replica = new Replica();
        LiveClient first = live(ada, replica);
        assertThat(first.frames(ServerFrame.Ready.class))
                .extracting(ready -> ready.conversations().size())
                .containsExactly(500, 500, 100);
        assertThat(replica.known()).hasSize(1_101);
        first.cut();
        UUID some = first.frames(ServerFrame.Ready.class)
                .get(2)
                .conversations()
                .get(0)
                .id();
        bench().flood(ada, some, 3, number -> "m" + number);

        LiveClient second = inFrames(ada, replica, Limits.MAX_LIST);
        second.until(
                "what was missed",
                () -> replica.isCaughtUp() && replica.texts(some).size() == 3);
        assertThat(second.frames(ServerFrame.Gap.class)).isEmpty();
        second.settled();
    }

    /** A frame of more entries than the limit is refused, and can be put right. */
    @Test
    @Tag("wire-lists")
    default void aResumeFrameOfTooManyEntriesIsRefused() {
        Person ada = bench().person();
        LiveClient client = dial(new Replica(), null).flowing().hello(ada.token());
        Map<UUID, Long> many = new HashMap<>();
        while (many.size() <= Limits.MAX_LIST) {
            many.put(UUID.randomUUID(), 1L);
        }

        client.say(new ClientFrame.Resume("many", epoch(ada), many, true));

        assertThat(LiveBench.code(client.answer("many"))).isEqualTo("request.malformed");
        client.resume(null, Map.of());
        client.settled();
    }

    private LiveClient inFrames(Person person, Replica replica, int entries) {
        LiveClient client = dial(replica, null).flowing().hello(person.token());
        Map<UUID, Long> offsets = replica.offsets();
        UUID epoch = replica.epoch();
        replica.connects(offsets);
        List<Map.Entry<UUID, Long>> all = List.copyOf(offsets.entrySet());
        for (int from = 0; from < all.size(); from += entries) {
            Map<UUID, Long> some = new HashMap<>();
            all.subList(from, Math.min(from + entries, all.size()))
                    .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
            client.say(new ClientFrame.Resume(null, epoch, some, from + entries >= all.size()));
        }
        return client.ready();
    }

    private UUID epoch(Person person) {
        return live(person).replica().epoch();
    }

    private long head(UUID conversation) {
        return bench().number("select head_offset from conversations where id = :id", Map.of("id", conversation));
    }

    private LiveClient from(Person person, UUID epoch, Map<UUID, Long> offsets) {
        return dial(new Replica(), null).flowing().hello(person.token()).resume(epoch, offsets);
    }

    /** Value: where the gap goes to that is the answer. */
    private long resumed(Person person, UUID epoch, UUID log, long offset) {
        LiveClient client = from(person, epoch, Map.of(log, offset));
        client.until("gap", () -> !client.frames(ServerFrame.Gap.class).isEmpty());
        client.settled();
        ServerFrame.Gap gap = client.frames(ServerFrame.Gap.class).get(0);
        assertThat(gap.logId()).isEqualTo(log);
        assertThat(client.replica().messages(log)).isEmpty();
        return gap.to();
    }
}
