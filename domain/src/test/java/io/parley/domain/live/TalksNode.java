package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.domain.auth.Caller;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.conversation.Member;
import io.parley.domain.conversation.Membership;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.Change;
import io.parley.domain.log.Change.MemberChange;
import io.parley.domain.log.Change.MembershipChange;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.RecentChanges;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageId;
import io.parley.domain.user.UserId;
import io.parley.domain.user.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A node whose store answers when a test says so, with what was true when it was asked; one user's connections to it. What
 * has nothing to do with logs is that of {@link OneConversation}.
 */
final class TalksNode implements LogReader, ConversationReader, RecentChanges {
    final StoredTalks stored = new StoredTalks();
    final ManualLoop loop = new ManualLoop();
    final TextFrames frames = new TextFrames();
    final HoleReader holes = new HoleReader(this, TalksNode::encode, () -> 0.5);
    final Hubs hubs = new Hubs(() -> StoredLog.EPOCH, holes, frames);

    /** What the store has found, and not told yet. */
    final List<Runnable> answers = new ArrayList<>();

    /** What was asked for in each statement for the user, and how many items of each log. */
    final List<List<Range>> statements = new ArrayList<>();

    final List<Integer> limits = new ArrayList<>();

    /** So many questions are not answered at all. */
    int failing;

    private final OneConversation rest = new OneConversation();
    private final Map<LogId, Map<Long, EncodedChange>> cached = new HashMap<>();
    private final Connections connections = new Connections(
            hubs, new Sources(this, this, this, rest, TalksNode::encode, frames), rest.open, rest.watch);

    /** A connection, and what its client gets as fast as it asks for it. */
    OneConversation.Opened open() {
        PacedOutlet outlet = new PacedOutlet(loop, () -> true);
        Caller caller = new Caller(stored.user, rest.session, Instant.MAX);
        LiveConnection connection = connections.open(caller, loop, outlet);
        return new OneConversation.Opened(
                connection, Flux.from(outlet).map(TextFrames::taken).takeUntilOther(connection.run()));
    }

    Mono<Void> resume(LiveConnection connection, Map<LogId, Long> offsets) {
        return connections.resume(connection, new Resume(true, offsets), TalksNode::ready);
    }

    /** Where each log begins, the user's own first. */
    private static Iterator<byte[]> ready(Mine mine) {
        String list = mine.conversations().stream()
                .map(one -> " " + one.id().value() + " " + one.head())
                .collect(Collectors.joining());
        String text = "ready " + mine.log().log() + " " + mine.log().head() + list;
        return List.of(text.getBytes(UTF_8)).iterator();
    }

    void arrive(EncodedChange change) {
        hubs.of(change.log()).forEach(log -> log.hear(change));
    }

    private <T> Mono<T> later(Supplier<T> question) {
        return Mono.create(sink -> {
            if (failing > 0) {
                failing--;
                answers.add(() -> sink.error(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null)));
                return;
            }
            try {
                T answer = question.get();
                answers.add(() -> sink.success(answer));
            } catch (NotFound unknown) {
                answers.add(() -> sink.error(unknown));
            }
        });
    }

    static EncodedChange encode(Change change) {
        long seq = change instanceof MessageChange message ? message.message().seq() : 0;
        return StoredTalks.encoded(change.entry(), seq);
    }

    private static Change change(EncodedChange row) {
        LogEntry entry = row.entry();
        ConversationId talk = new ConversationId(entry.log().value());
        UserId user = new UserId(entry.item());
        return switch (entry.kind()) {
            case MESSAGE -> new MessageChange(entry, message(talk, row.seq(), entry.item()));
            case MEMBER ->
                new MemberChange(
                        entry, new Member(talk, new UserName(user, "somebody", "Somebody"), null, Instant.EPOCH));
            case MEMBERSHIP -> new MembershipChange(entry, new Membership(new ConversationId(entry.item()), null, 1));
            default -> throw new AssertionError(entry);
        };
    }

    private static Message message(ConversationId talk, long seq, UUID id) {
        return new Message(
                talk,
                seq,
                new MessageId(id),
                new UserId(new UUID(1, 1)),
                new ClientMessageId(id),
                new MessageBody("text"),
                Instant.EPOCH,
                null,
                null);
    }

    private LogPage page(Range range, int limit, boolean forUser) {
        StoredLogRows log = stored.log(range.log());
        List<Change> changes = log.between(range.after(), range.to()).stream()
                .filter(change -> !forUser || stored.maySeeNow(range.log(), change))
                .limit(limit)
                .map(TalksNode::change)
                .toList();
        return new LogPage(changes, log.head(), log.floor());
    }

    @Override
    public Mono<List<LogPage>> pages(List<Range> ranges, int limit) {
        return later(
                () -> ranges.stream().map(range -> page(range, limit, false)).toList());
    }

    @Override
    public Mono<Map<LogId, PageFor>> pagesFor(UserId reader, List<Range> ranges, int limit) {
        statements.add(ranges);
        limits.add(limit);
        return later(() -> ranges.stream()
                .filter(range -> stored.mayRead(range.log()))
                .collect(Collectors.toMap(
                        Range::log, range -> new PageFor(page(range, limit, true), stored.joinedAt(range.log())))));
    }

    @Override
    public Mono<Mine> mine(UserId who) {
        return later(stored::mine);
    }

    @Override
    public Mono<MyConversation> mine(UserId who, ConversationId id) {
        return later(() -> {
            StoredTalks.Talk talk = stored.talk(LogId.of(id));
            if (!talk.isMember()) {
                throw new NotFound(ErrorCode.CONVERSATION_UNKNOWN);
            }
            return talk.mine();
        });
    }

    @Override
    public Mono<Void> put(List<EncodedChange> changes) {
        changes.forEach(change ->
                cached.computeIfAbsent(change.log(), log -> new HashMap<>()).put(change.offset(), change));
        return Mono.empty();
    }

    @Override
    public Mono<List<EncodedChange>> range(LogId log, long after, long to, int limit) {
        Map<Long, EncodedChange> known = cached.getOrDefault(log, Map.of());
        List<Long> asked = LongStream.rangeClosed(after + 1, Math.min(to, after + limit))
                .boxed()
                .toList();
        return known.keySet().containsAll(asked)
                ? later(() -> asked.stream().map(known::get).toList())
                        .onErrorResume(Unavailable.class, away -> Mono.empty())
                : Mono.empty();
    }

    @Override
    public Flux<LogHead> heads(Collection<LogId> logs) {
        return unused();
    }

    @Override
    public Flux<Change> present(List<LogEntry> entries) {
        return unused();
    }

    @Override
    public Mono<LogPage> page(LogId log, long after, long to, int limit) {
        return Mono.from(unused());
    }

    @Override
    public Mono<LogPage> pageFor(UserId reader, LogId log, long after, long to, int limit) {
        return Mono.from(unused());
    }

    @Override
    public Flux<MyConversation> mine(UserId who, @Nullable ConversationId after, int limit) {
        return unused();
    }

    @Override
    public Flux<Member> members(UserId reader, ConversationId id, @Nullable UserId after, int limit) {
        return unused();
    }

    @Override
    public Flux<Conversation> channels(@Nullable ConversationId after, int limit) {
        return unused();
    }

    @Override
    public Mono<Set<UserId>> met(UserId who, Collection<UserId> others) {
        return Mono.from(unused());
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // an error is of any type
    private static <T> Flux<T> unused() {
        return Flux.error(new AssertionError("unused"));
    }
}
