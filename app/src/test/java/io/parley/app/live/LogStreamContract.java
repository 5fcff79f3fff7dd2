package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ChangesPage;
import io.parley.api.EditMessage;
import io.parley.api.Limits;
import io.parley.api.MessageView;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.live.LogLine.Position;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** One log as a stream, whatever carries it. */
@ServerTest
abstract class LogStreamContract {
    private static final int MANY = 2_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final LiveBench bench;
    private final Person ada;
    private final Person bob;
    private final UUID group;

    LogStreamContract(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        this.bench = new LiveBench(node, json, issuer, writer, store);
        this.ada = bench.person();
        this.bob = bench.person();
        this.group = ada.group(bob);
    }

    /** A stream of which nothing is asked yet. */
    abstract LogLine open(String token, UUID log, Position from, boolean follow);

    /** Where the reader of a stream stands, and would go on. */
    abstract Position position(LogLine line);

    /** How a stream ends that says farewell in a frame. */
    abstract String endingAfter(ErrorCode code);

    @AfterEach
    abstract void close();

    final LiveBench bench() {
        return bench;
    }

    final Person ada() {
        return ada;
    }

    final Person bob() {
        return bob;
    }

    final UUID group() {
        return group;
    }

    static Position at(long after) {
        return new Position(null, after, null);
    }

    final LogLine follow(Person reader, UUID log, Position from) {
        return open(reader.token(), log, from, true).flowing();
    }

    final long head() {
        return ada.get(ChangesPage.class, Routes.CHANGES, group).head();
    }

    @Test
    @Tag("wire-changes")
    void whoFollowsCatchesUpAndHearsWhatHappens() {
        long before = head();
        MessageView said = ada.say(group, "helo");
        edit(said, "hello");

        LogLine line = follow(bob, group, at(before)).live();
        ada.say(group, "live");

        line.until("both", () -> line.texts().equals(List.of("hello", "live")));
        assertThat(line.frames().stream().map(Object::getClass))
                .containsExactly(
                        ServerFrame.CatchUp.class,
                        ServerFrame.Change.class,
                        ServerFrame.CaughtUp.class,
                        ServerFrame.Change.class);
        assertThat(line.offset()).isEqualTo(head());
    }

    @Test
    void whoIsUpToDateIsToldSoAtOnce() {
        long head = head();

        LogLine line = follow(bob, group, at(head)).live();

        assertThat(line.frames()).containsExactly(new ServerFrame.CaughtUp(group, head));
    }

    @Test
    @Tag("wire-changes")
    void aCutLosesNothingAndRepeatsNothing() {
        LogLine line = follow(bob, group, at(head())).live();
        ada.say(group, "one");
        line.until("one", () -> line.texts().equals(List.of("one")));
        line.cut();
        ada.say(group, "two");

        Position position = position(line);
        LogLine again = follow(bob, group, position).live();
        ada.say(group, "three");

        again.until("the rest", () -> again.texts().equals(List.of("two", "three")));
        assertThat(again.frames(ServerFrame.CatchUp.class))
                .extracting(ServerFrame.CatchUp::from)
                .containsExactly(line.offset());
    }

    @Test
    void aRemovalIsTheLastAndEndsIt() {
        LogLine line = follow(bob, group, at(head())).live();
        ada.say(group, "before");

        ada.remove(group, bob).expectStatus().is2xxSuccessful();
        ada.say(group, "after");

        assertThat(line.ending()).isEqualTo(LogLine.COMPLETED);
        assertThat(line.texts()).containsExactly("before");
        assertThat(((ServerFrame.Change) line.last()).member().user().id()).isEqualTo(bob.id());
        LogLine back = follow(bob, group, position(line));
        assertThat(back.ending()).isEqualTo(ErrorCode.CONVERSATION_UNKNOWN.wireName());
    }

    @Test
    void signingOutEndsIt() {
        LogLine line = follow(bob, group, at(head())).live();

        bob.http().post().uri(Routes.SIGN_OUT).exchange().expectStatus().isNoContent();

        assertThat(line.ending()).isEqualTo(endingAfter(ErrorCode.SESSION_ENDED));
        assertThat(line.last()).isEqualTo(new ServerFrame.GoAway(ErrorCode.SESSION_ENDED.wireName(), null));
    }

    @Test
    void itEndsWithItsToken() {
        LogLine line = open(bench.token(bob, Duration.ofSeconds(3)), group, at(head()), true)
                .flowing()
                .live();

        assertThat(line.ending()).isEqualTo(endingAfter(ErrorCode.TOKEN_EXPIRED));
        assertThat(line.last()).isEqualTo(new ServerFrame.GoAway(ErrorCode.TOKEN_EXPIRED.wireName(), 0L));
    }

    @Test
    void whoIsNotAMemberFindsNothing() {
        Person eve = bench.person();

        for (boolean follow : new boolean[] {true, false}) {
            LogLine line = open(eve.token(), group, at(0), follow).flowing();
            assertThat(line.ending()).isEqualTo(ErrorCode.CONVERSATION_UNKNOWN.wireName());
            assertThat(line.frames()).isEmpty();
        }
    }

    @Test
    @Tag("durable")
    void whoReadsNothingMeanwhileGetsEverythingThen() {
        LogLine line = open(bob.token(), group, at(head()), true);
        line.request(1);
        line.live();

        bench.flood(ada, group, MANY, number -> number + " " + "x".repeat(2_000));
        line.flowing();
        line.until("all", LONG, () -> line.texts().size() == MANY);

        assertThat(line.texts().stream().map(text -> text.split(" ")[0]))
                .isEqualTo(IntStream.range(0, MANY).mapToObj(String::valueOf).toList());
        assertThat(line.frames(ServerFrame.CatchUp.class)).isNotEmpty();
        ada.say(group, "live again");
        line.until("live", () -> line.texts().contains("live again"));
    }

    @Test
    void offsetsOfAnotherLifeAreAGap() {
        long head = head();

        LogLine line = follow(bob, group, new Position(UUID.randomUUID(), 1, UUID.randomUUID() + ":1"))
                .live();
        ada.say(group, "after the gap");

        line.until("it goes on", () -> line.texts().equals(List.of("after the gap")));
        assertThat(line.frames().get(0)).isEqualTo(new ServerFrame.Gap(group, head));
    }

    @Test
    void whatWasBeforeOnesTimeIsSkipped() {
        UUID later = ada.open(Person.group("A group", "joined"));
        MessageView early = ada.say(later, "before Bob");
        ada.add(later, bob).expectStatus().is2xxSuccessful();
        LogLine line = follow(
                        bob,
                        later,
                        at(ada.get(ChangesPage.class, Routes.CHANGES, later).head()))
                .live();

        ada.http()
                .patch()
                .uri(Routes.MESSAGE, later, early.id())
                .bodyValue(new EditMessage("not for Bob"))
                .exchange()
                .expectStatus()
                .isOk();
        ada.say(later, "for Bob");

        line.until("what he may see", () -> line.texts().equals(List.of("for Bob")));
        assertThat(line.frames(ServerFrame.Skip.class)).hasSize(1);
    }

    @Test
    void onesOwnLogTellsWhereOneComes() {
        LogLine line = follow(bob, bob.id(), at(0)).live();

        UUID another = ada.group(bob);

        line.until(
                "the membership",
                () -> line.last() instanceof ServerFrame.Change change
                        && change.membership() != null
                        && change.membership().conversationId().equals(another));
    }

    @Test
    void whoDoesNotFollowGetsWhatIsStored() {
        MessageView said = ada.say(group, "helo");
        edit(said, "hello");
        long head = head();

        LogLine line = open(bob.token(), group, at(0), false).flowing();

        assertThat(line.ending()).isEqualTo(LogLine.COMPLETED);
        assertThat(line.texts()).containsExactly("hello");
        assertThat(line.frames().get(0)).isEqualTo(new ServerFrame.CatchUp(group, 0, head));
        assertThat(line.last()).isEqualTo(new ServerFrame.CaughtUp(group, head));
        LogLine rest = open(bob.token(), group, at(head), false).flowing();
        assertThat(rest.ending()).isEqualTo(LogLine.COMPLETED);
        assertThat(rest.frames()).containsExactly(new ServerFrame.CaughtUp(group, head));
    }

    @Test
    void whoOnlyReadsWhatIsStoredIsCutOffBySigningOutToo() {
        LogLine line = readSlowly(bob::token);

        bob.http().post().uri(Routes.SIGN_OUT).exchange().expectStatus().isNoContent();

        endsBeforeAllIsRead(line, ErrorCode.SESSION_ENDED);
    }

    @Test
    void whoOnlyReadsWhatIsStoredIsCutOffWithItsTokenToo() {
        LogLine line = readSlowly(() -> bench.token(bob, Duration.ofSeconds(3)));

        endsBeforeAllIsRead(line, ErrorCode.TOKEN_EXPIRED);
    }

    private LogLine readSlowly(Supplier<String> token) {
        bench.flood(ada, group, MANY, number -> number + " " + "x".repeat(2_000));
        LogLine line = open(token.get(), group, at(0), false);
        line.request(1);
        line.until("the first", () -> !line.frames().isEmpty());
        return line;
    }

    /** Read at a pace at which all of it would take much longer. */
    private void endsBeforeAllIsRead(LogLine line, ErrorCode code) {
        line.until("the end", () -> {
            line.request(2);
            return line.hasEnded();
        });
        // Some of it is in this client still.
        line.flowing();
        line.until("the last word", () -> line.last() instanceof ServerFrame.GoAway);

        assertThat(line.ending()).isEqualTo(endingAfter(code));
        assertThat(line.frames(ServerFrame.GoAway.class))
                .extracting(ServerFrame.GoAway::reason)
                .containsExactly(code.wireName());
        assertThat(line.texts()).hasSizeLessThan(MANY);
    }

    @Test
    void moreThanTwentyLogsThatOneUserFollowsAreRefusedUntilOneIsLeft() {
        List<LogLine> all = Stream.generate(() -> follow(bob, group, at(head())).live())
                .limit(Limits.MAX_LIVE)
                .toList();

        LogLine oneTooMany = follow(bob, group, at(head()));
        assertThat(oneTooMany.ending()).isEqualTo(ErrorCode.LIVE_TOO_MANY.wireName());
        assertThat(oneTooMany.frames()).isEmpty();
        follow(ada, group, at(head())).live();
        assertThat(open(bob.token(), group, at(0), false).flowing().ending()).isEqualTo(LogLine.COMPLETED);
        ada.say(group, "to all");
        all.forEach(line -> line.until("goes on", () -> line.texts().equals(List.of("to all"))));

        all.get(0).cut();
        Awaitility.await().atMost(Node.TIMEOUT).until(() -> {
            LogLine line = follow(bob, group, at(head()));
            line.until("a word", () -> line.hasEnded() || !line.frames().isEmpty());
            return !line.frames().isEmpty();
        });
    }

    private void edit(MessageView message, String text) {
        ada.http()
                .patch()
                .uri(Routes.MESSAGE, group, message.id())
                .bodyValue(new EditMessage(text))
                .exchange()
                .expectStatus()
                .isOk();
    }
}
