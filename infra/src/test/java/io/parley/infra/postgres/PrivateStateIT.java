package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.log.Change;
import io.parley.domain.log.Change.DraftChange;
import io.parley.domain.log.Change.PersonalChange;
import io.parley.domain.log.Change.PreferencesChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Reason;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.ReadPositions.Moved;
import io.parley.domain.personal.Draft;
import io.parley.domain.personal.Notify;
import io.parley.domain.personal.Personal;
import io.parley.domain.personal.PersonalPatch;
import io.parley.domain.personal.PersonalPatch.Mute;
import io.parley.domain.personal.Preferences;
import io.parley.domain.personal.PreferencesPatch;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What users keep for themselves: each is an item of their own logs, and of nobody else's. */
class PrivateStateIT {
    private final World world = new World(Node.first());
    private final World other = new World(Node.second());
    private final UserId user = world.user();
    private final UserId peer = world.user();
    private final ConversationId group = world.group(user, peer);
    private final LogId log = LogId.of(user);

    @Test
    void preferencesAreMergedAndEachChangeIsToldOnce() {
        List<LogEntry> first = await(world.personal.prefer(user, patch("theme", "dark", "lang", "en")));
        List<LogEntry> second = await(other.personal.prefer(user, patch("theme", null, "size", "\u0001 \"7\"")));

        Map<String, String> expected = Map.of("lang", "en", "size", "\u0001 \"7\"");
        assertThat(await(world.personal.preferences(user))).isEqualTo(new Preferences(expected));
        assertThat(first).containsExactly(entry(2, ItemKind.PREFERENCES, user.value(), Reason.UPDATED));
        assertThat(await(world.logs.present(second)))
                .containsExactly(new PreferencesChange(second.get(0), new Preferences(expected)));
        assertThat(await(world.logs.present(first))).as("superseded").isEmpty();
        assertThat(await(world.personal.prefer(user, patch("lang", "en", "never", null))))
                .isEmpty();
        assertThat(await(world.personal.preferences(peer)).values()).isEmpty();
        world.isWhole(log);
    }

    @Test
    void noPreferencesAreAStateToo() {
        await(world.personal.prefer(user, patch("theme", "dark")));
        List<LogEntry> gone = await(world.personal.prefer(user, patch("theme", null)));

        assertThat(await(world.logs.present(gone)))
                .containsExactly(new PreferencesChange(gone.get(0), new Preferences(Map.of())));
    }

    @Test
    void preferencesAreFewAndShort() {
        Map<String, String> full =
                IntStream.range(0, Preferences.MAX_NAMES).boxed().collect(Collectors.toMap(i -> "name-" + i, i -> "x"));
        await(world.personal.prefer(user, new PreferencesPatch(full)));

        refused(world.personal.prefer(user, patch("one-more", "x")), ErrorCode.PREFERENCES_INVALID);
        assertThat(await(world.personal.prefer(user, patch("name-0", null, "one-more", "x"))))
                .hasSize(1);
        // Two bytes each: 17 times 1,000 are more than may be.
        Map<String, String> large = IntStream.range(0, 17).boxed().collect(Collectors.toMap(i -> "large" + i, i -> "é"
                .repeat(PreferencesPatch.MAX_LENGTH)));
        refused(world.personal.prefer(peer, new PreferencesPatch(large)), ErrorCode.PREFERENCES_INVALID);
        assertThat(await(world.personal.preferences(peer)).values()).isEmpty();
        world.isWhole(log);
    }

    @Test
    void devicesThatChangeDifferentPreferencesAtOnceLoseNone() {
        Flux.range(0, 40)
                .flatMap(
                        i -> (i % 2 == 0 ? world : other)
                                .personal
                                .prefer(user, patch("name-" + i, "x"))
                                .subscribeOn(Schedulers.parallel()),
                        8)
                .blockLast(World.TIMEOUT);

        assertThat(await(world.personal.preferences(user)).values()).hasSize(40);
        assertThat(world.head(log)).isEqualTo(41);
        world.isWhole(log);
    }

    @Test
    void aDraftIsKeptReplacedAndRemoved() {
        Instant now = now();
        MessageBody text = new MessageBody("so far");
        List<LogEntry> saved = await(world.personal.draft(user, group, text, now));

        assertThat(saved).containsExactly(entry(2, ItemKind.DRAFT, group.value(), Reason.UPDATED));
        assertThat(await(other.logs.present(saved)))
                .containsExactly(new DraftChange(saved.get(0), new Draft(group, text, now)));
        assertThat(await(other.personal.draft(user, group, text, now.plusSeconds(1))))
                .isEmpty();

        List<LogEntry> removed = await(world.personal.draft(user, group, null, now.plusSeconds(2)));
        assertThat(removed).containsExactly(entry(3, ItemKind.DRAFT, group.value(), Reason.DELETED));
        assertThat(ownChanges(user))
                .contains(new DraftChange(removed.get(0), new Draft(group, null, now.plusSeconds(2))));
        assertThat(await(world.personal.draft(user, group, null, now))).isEmpty();
        assertThat(await(world.personal.draft(peer, group, null, now)))
                .as("there was none")
                .isEmpty();
        world.isWhole(log);
    }

    @Test
    void howAConversationIsWantedChangesByParts() {
        Instant later = now().plus(Duration.ofDays(1));
        Personal untouched = new Personal(group, Notify.ALL, null, false);
        assertThat(await(world.personal.personal(user, group))).isEqualTo(untouched);

        await(world.personal.change(user, group, new PersonalPatch(Notify.MENTIONS, null, null)));
        await(world.personal.change(user, group, new PersonalPatch(null, new Mute(later), null)));
        List<LogEntry> marked = await(world.personal.change(user, group, new PersonalPatch(null, null, true)));

        Personal expected = new Personal(group, Notify.MENTIONS, later, true);
        assertThat(await(world.personal.personal(user, group))).isEqualTo(expected);
        assertThat(marked).containsExactly(entry(4, ItemKind.PERSONAL, group.value(), Reason.UPDATED));
        assertThat(await(world.logs.present(marked))).containsExactly(new PersonalChange(marked.get(0), expected));
        assertThat(await(world.personal.change(user, group, new PersonalPatch(Notify.MENTIONS, new Mute(later), true))))
                .isEmpty();
        assertThat(await(world.personal.change(user, group, new PersonalPatch(null, null, null))))
                .isEmpty();
        await(world.personal.change(user, group, new PersonalPatch(null, new Mute(null), null)));
        assertThat(await(world.personal.personal(user, group)).mutedUntil()).isNull();
        assertThat(await(world.personal.personal(peer, group))).isEqualTo(untouched);
        world.isWhole(log);
    }

    @Test
    @Tag("log-7")
    void readingFurtherTakesTheMarkAway() {
        world.sent(group, peer, "one");
        world.sent(group, peer, "two");
        mark();

        assertThat(await(world.positions.received(user, group, 2)).entries())
                .as("receiving is not reading")
                .isEmpty();
        Moved moved = await(world.positions.read(user, group, 1));

        LogEntry gone = entry(3, ItemKind.PERSONAL, group.value(), Reason.UPDATED);
        assertThat(moved.entries()).containsExactly(gone);
        assertThat(await(world.logs.present(moved.entries())))
                .containsExactly(new PersonalChange(gone, new Personal(group, Notify.ALL, null, false)));
        assertThat(await(world.positions.read(user, group, 2)).entries()).isEmpty();
        world.isWhole(log);
    }

    @Test
    void namingTheHeadTakesTheMarkAwayAndReadingWhatWasReadDoesNot() {
        world.sent(group, peer, "one");
        world.sent(group, peer, "two");
        await(world.positions.read(user, group, 2));
        mark();

        assertThat(await(world.positions.read(user, group, 1)).entries()).isEmpty();
        assertThat(await(world.personal.personal(user, group)).markedUnread()).isTrue();
        Moved unmoved = await(world.positions.read(user, group, 2));

        assertThat(unmoved.moved()).isFalse();
        assertThat(unmoved.entries()).hasSize(1);
        assertThat(await(world.personal.personal(user, group)).markedUnread()).isFalse();
    }

    @Test
    void anEmptyConversationIsUnmarkedByReadingItsHead() {
        mark();

        assertThat(await(world.positions.read(user, group, 0)).entries()).hasSize(1);
    }

    private void mark() {
        await(world.personal.change(user, group, new PersonalPatch(null, null, true)));
    }

    @Test
    @Tag("write-1")
    void whoIsNotAMemberKeepsNothing() {
        UserId stranger = world.user();
        await(world.personal.draft(peer, group, new MessageBody("so far"), now()));
        await(world.conversations.remove(group, user, peer, now()));
        long head = world.head(LogId.of(peer));

        for (UserId outside : List.of(peer, stranger)) {
            refused(
                    world.personal.draft(outside, group, new MessageBody("more"), now()),
                    ErrorCode.CONVERSATION_UNKNOWN);
            refused(world.personal.draft(outside, group, null, now()), ErrorCode.CONVERSATION_UNKNOWN);
            refused(
                    world.personal.change(outside, group, new PersonalPatch(Notify.ALL, null, true)),
                    ErrorCode.CONVERSATION_UNKNOWN);
            refused(world.personal.personal(outside, group), ErrorCode.CONVERSATION_UNKNOWN);
        }
        assertThat(world.head(LogId.of(peer))).isEqualTo(head);
        assertThat(world.head(LogId.of(stranger))).isZero();
    }

    @Test
    @Tag("log-6")
    void nobodyElseReadsIt() {
        await(world.personal.prefer(user, patch("theme", "dark")));

        refused(world.logs.pageFor(peer, log, 0, LogReader.HEAD, 10), ErrorCode.CONVERSATION_UNKNOWN);
    }

    /** Reads, marks, drafts, messages, and being taken out and in: whatever waits for whom, nobody waits for ever. */
    @Test
    @Tag("log-1")
    void logsStayWholeWhateverHappensAtOnce() {
        Random random = new Random(5);

        Flux.range(0, 200)
                .flatMap(i -> something(i % 2 == 0 ? world : other, random.nextInt(6)), 8)
                .blockLast(World.TIMEOUT);

        world.areWhole(List.of(group), List.of(user, peer));
    }

    private Mono<?> something(World node, int what) {
        Mono<?> something =
                switch (what) {
                    case 0 -> node.log.append(List.of(World.send(group, peer, "text")));
                    case 1 -> node.personal.change(peer, group, new PersonalPatch(null, null, true));
                    case 2 -> node.positions.read(peer, group, Long.MAX_VALUE);
                    case 3 -> node.personal.draft(peer, group, new MessageBody("draft " + System.nanoTime()), now());
                    case 4 -> node.conversations.remove(group, user, peer, now());
                    default -> node.conversations.add(group, user, peer, now());
                };
        return something.onErrorResume(NotFound.class, out -> Mono.empty()).subscribeOn(Schedulers.parallel());
    }

    private List<Change> ownChanges(UserId reader) {
        return await(other.logs.pageFor(reader, LogId.of(reader), 0, LogReader.HEAD, 100))
                .changes();
    }

    private LogEntry entry(long offset, ItemKind kind, UUID item, Reason reason) {
        return new LogEntry(log, offset, kind, item, reason);
    }

    private static PreferencesPatch patch(String name, String value) {
        return new PreferencesPatch(Collections.singletonMap(name, value));
    }

    private static PreferencesPatch patch(String name, String value, String another, String other) {
        Map<String, String> values = new HashMap<>();
        values.put(name, value);
        values.put(another, other);
        return new PreferencesPatch(values);
    }
}
