package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Member;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.Change;
import io.parley.domain.log.Change.MemberChange;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Reason;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageId;
import io.parley.domain.user.UserId;
import io.parley.domain.user.UserName;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The log of one conversation, compacted as the store keeps it; every other log is empty. */
final class StoredLog implements LogReader {
    static final UUID EPOCH = new UUID(0, 7);

    final ConversationId conversation = new ConversationId(UUID.randomUUID());
    final LogId id = LogId.of(conversation);
    private final Map<UUID, Long> items = new HashMap<>();
    private final Map<UUID, Long> seqs = new HashMap<>();
    private final Map<UUID, Reason> members = new HashMap<>();
    private long head;
    private long floor;
    int reads;

    /** Whether the one reader is in the conversation. */
    boolean member = true;

    int failing;

    long head() {
        return head;
    }

    long floor() {
        return floor;
    }

    /** Offsets of the latest changes by item. */
    Map<UUID, Long> items() {
        return Map.copyOf(items);
    }

    /** What is below is gone for good. */
    void raiseFloor(long offset) {
        floor = Math.max(floor, offset);
        items.values().removeIf(held -> held <= offset);
    }

    EncodedChange append() {
        return append(UUID.randomUUID());
    }

    EncodedChange append(UUID item) {
        head++;
        items.put(item, head);
        seqs.putIfAbsent(item, (long) seqs.size() + 1);
        return encode(change(item, head));
    }

    /** That somebody comes or goes. */
    EncodedChange appendMember(UserId user, Reason reason) {
        head++;
        items.put(user.value(), head);
        members.put(user.value(), reason);
        return encode(change(user.value(), head));
    }

    private Change change(UUID item, long offset) {
        Reason reason = members.get(item);
        return reason == null ? message(item, offset) : member(item, offset, reason);
    }

    private Change member(UUID user, long offset, Reason reason) {
        LogEntry entry = new LogEntry(id, offset, ItemKind.MEMBER, user, reason);
        return new MemberChange(
                entry,
                new Member(conversation, new UserName(new UserId(user), "somebody", "Somebody"), null, Instant.EPOCH));
    }

    private Change message(UUID item, long offset) {
        LogEntry entry = new LogEntry(id, offset, ItemKind.MESSAGE, item, Reason.EDITED);
        return new MessageChange(
                entry,
                new Message(
                        conversation,
                        seqs.get(item),
                        new MessageId(item),
                        new UserId(new UUID(1, 1)),
                        new ClientMessageId(item),
                        new MessageBody("text"),
                        Instant.EPOCH,
                        null,
                        null));
    }

    static EncodedChange encode(Change change) {
        LogEntry entry = change.entry();
        long seq = change instanceof MessageChange message ? message.message().seq() : 0;
        return encoded(entry, seq);
    }

    static EncodedChange encoded(LogEntry entry, long seq) {
        String wire = "change " + entry.log() + " " + entry.offset() + " " + entry.item();
        return new EncodedChange(EPOCH, entry, seq, wire.getBytes(UTF_8));
    }

    @Override
    public Mono<LogPage> page(LogId log, long after, long to, int limit) {
        return Mono.defer(() -> {
            reads++;
            if (failing > 0) {
                failing--;
                return Mono.error(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null));
            }
            return Mono.just(log.equals(id) ? page(after, to, limit) : new LogPage(List.of(), 0, 0));
        });
    }

    private LogPage page(long after, long to, int limit) {
        List<Change> changes = items.entrySet().stream()
                .filter(item -> item.getValue() > after && item.getValue() <= to)
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .limit(limit)
                .map(item -> change(item.getKey(), item.getValue()))
                .toList();
        return new LogPage(changes, head, floor);
    }

    @Override
    public Mono<List<LogPage>> pages(List<Range> ranges, int limit) {
        return Flux.fromIterable(ranges)
                .concatMap(range -> page(range.log(), range.after(), HEAD, limit))
                .collectList();
    }

    @Override
    public Mono<LogPage> pageFor(UserId reader, LogId log, long after, long to, int limit) {
        return Mono.defer(() -> member || !log.equals(id)
                ? page(log, after, to, limit)
                : Mono.error(new NotFound(ErrorCode.CONVERSATION_UNKNOWN)));
    }

    @Override
    public Mono<Map<LogId, PageFor>> pagesFor(UserId reader, List<Range> ranges, int limit) {
        return Flux.fromIterable(ranges)
                .filter(range -> member || !range.log().equals(id))
                .flatMap(range -> page(range.log(), range.after(), range.to(), limit)
                        .map(page -> Map.entry(range.log(), new PageFor(page, 0))))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    @Override
    public Flux<LogHead> heads(Collection<LogId> logs) {
        return Flux.just(new LogHead(id, head)).filter(found -> logs.contains(found.log()));
    }

    @Override
    public Flux<Change> present(List<LogEntry> entries) {
        return Flux.error(new AssertionError("unused"));
    }
}
