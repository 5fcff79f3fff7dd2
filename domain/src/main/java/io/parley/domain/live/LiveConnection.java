package io.parley.domain.live;

import io.parley.domain.auth.SessionId;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationReader.Mine;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.live.Connections.Life;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.pipeline.Endings;
import io.parley.domain.presence.PresenceRegistry.Online;
import io.parley.domain.presence.TalkHint;
import io.parley.domain.user.UserId;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * One client's live connection: what it {@link Following follows}, and what waits to be sent. Confined to one loop; {@link
 * Connections} makes them.
 */
public final class LiveConnection {
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final Outbound outbound;
    private final Viewport viewport;
    private final Following following;
    private final UserId user;
    private final SessionId session;
    private final Hub hub;
    private final Life life;

    /** The one log that the client gets; null: all. */
    private final @Nullable LogId only;

    private boolean closed;

    @SuppressWarnings("this-escape") // to parts of its own, which call nothing before it runs
    LiveConnection(UserId user, SessionId session, Hub hub, Outlet outlet, Life life) {
        this.user = user;
        this.session = session;
        this.hub = hub;
        this.life = life;
        this.only = life.only();
        this.following = new Following(this, hub);
        this.outbound = new Outbound(hub.loop(), outlet, frames(), following::look);
        this.viewport = new Viewport(this, life.watch(), outbound::look);
        outbound.rest(viewport::next);
    }

    public UserId user() {
        return user;
    }

    SessionId session() {
        return session;
    }

    @Nullable
    LogId only() {
        return only;
    }

    LiveFrames frames() {
        return life.sources().frames();
    }

    Hub hub() {
        return hub;
    }

    Following following() {
        return following;
    }

    /**
     * Serves the client through its outlet: to be run once, before it is resumed, as long as the client is there; cancelling
     * it ends the connection. Completes only if it is of one log: once that is no longer the user's to read, and the client
     * has taken what there was of it. Errors: {@code Unauthenticated} once the session has ended; {@code NotFound} if that
     * log went before its end could be told; {@code Unavailable} if it has to begin anew; faults of the server.
     */
    public Mono<Void> run() {
        return Flux.usingWhen(
                        onLoop(this::begin),
                        begun -> Endings.with(new CatchUp(this, life.sources(), life.reading()).run(), ended.asMono()),
                        begun -> onLoop(this::close).then(tellEnd()))
                .then();
    }

    /** Who only reads one log is not there. */
    private Mono<Void> tellEnd() {
        return only == null ? life.open().tellEnd(life.online()) : Mono.empty();
    }

    private LiveConnection begin() {
        outbound.begin();
        return this;
    }

    /** From now on the client takes so many frames besides answers, until it {@link #allow}s more. */
    public Mono<Void> limit(long frames) {
        return onLoop(() -> {
                    outbound.limit(frames);
                    return user;
                })
                .then();
    }

    /** Errors: {@code InvalidInput} if the client has set no limit. */
    public Mono<Void> allow(long frames) {
        return onLoop(() -> {
                    outbound.allow(frames);
                    return user;
                })
                .then();
    }

    /** Ends the stream with this error; once. */
    public void fail(ChatException error) {
        ended.tryEmitError(error);
    }

    /** The same for a fault of the server. */
    void fault(Throwable fault) {
        ended.tryEmitError(fault);
    }

    /**
     * Tells the client of these, and of nobody else, whether they are there, and when they come and go. Completes when it
     * has been answered so. Errors: those of the limiter; {@code InvalidInput} if they are too many; {@code Unavailable},
     * and then it is told of nobody.
     */
    public Mono<Void> watch(Collection<UserId> users, byte[] answer) {
        return life.watch().watch(viewport, users, answer);
    }

    /** Completes when the client has taken the answer, or few enough others wait: until then, read no more commands. */
    public Mono<Void> answer(byte[] frame) {
        return outbound.answered(frame);
    }

    /** Follows the logs, without handing anything on yet. Completes on the loop. */
    Mono<Void> follow(List<LogId> logs) {
        return onLoop(() -> {
                    following.follow(logs);
                    return logs;
                })
                .then();
    }

    /** Value: those of the logs that are not followed yet. */
    Mono<List<LogId>> unfollowed(List<LogId> logs) {
        return onLoop(
                () -> logs.stream().filter(log -> !following.isFollowing(log)).toList());
    }

    /** Starts the one log by what was read of it: that is the first thing which the client hears. */
    Mono<Void> start(Mine mine, Resume resume) {
        return onLoop(() -> {
                    following.start(mine, resume);
                    following.tellPosition(Objects.requireNonNull(only));
                    return mine;
                })
                .then();
    }

    /**
     * Starts all cursors by one snapshot of memberships and heads, after the frames that tell of it. Value: what to tell
     * others of; none if it is over already.
     */
    Mono<Online> start(Mine mine, Resume resume, Function<Mine, Iterator<byte[]>> ready) {
        return onLoop(() -> {
            life.open().add(life.online());
            outbound.answerInPages(ready.apply(mine));
            following.start(mine, resume);
            return life.online();
        });
    }

    /** Whether the user may tell others in this conversation that it types. */
    public Mono<Boolean> mayType(ConversationId conversation) {
        return onLoop(() -> {
            ConversationCursor cursor = following.of(conversation);
            return cursor != null && cursor.mayType();
        });
    }

    /** Whether the user is in this conversation, as far as this connection knows. */
    public Mono<Boolean> isFollowing(ConversationId conversation) {
        return onLoop(() -> {
            ConversationCursor cursor = following.of(conversation);
            return cursor != null && !cursor.isOut();
        });
    }

    // What follows is called on the loop.

    Outbound out() {
        return outbound;
    }

    /** Whether what is sent now goes out now: else it is not even made. */
    boolean isClear() {
        return outbound.isClear();
    }

    boolean tells(LogId log) {
        return only == null || only.equals(log);
    }

    boolean isOnly(LogId log) {
        return log.equals(only);
    }

    boolean isOwn(LogId log) {
        return log.value().equals(user.value());
    }

    /** Who reads one log gets what is in it. */
    boolean takesHints() {
        return only == null;
    }

    void ephemeral(HintDelivery delivery) {
        outbound.ephemeral(HintKey.of(delivery.hint()), delivery.wire(user));
    }

    void receipt(HintDelivery delivery) {
        outbound.receipt(HintKey.of(delivery.hint()), delivery.wire(user));
    }

    /** Nothing of the conversation may follow what ended it. */
    void hintNoMore(LogId log) {
        outbound.forget(key -> LogId.of(key.conversation()).equals(log));
    }

    /** Nothing of this log is told any more. */
    void onEnded(LogId log) {
        if (isOnly(log) && !closed) {
            outbound.afterAll(ended::tryEmitEmpty);
        }
    }

    /** Somebody has come into one of the user's conversations, or gone out of it. */
    void onMember(UserId member) {
        viewport.doubt(member);
    }

    /** Nobody knows what it has not told of. */
    void onLoss() {
        viewport.doubt();
    }

    /** The user's own log says whether this connection's session goes on. */
    void onSession(LogEntry entry) {
        if (entry.kind() == ItemKind.SESSION && entry.item().equals(session.value())) {
            fail(new Unauthenticated(ErrorCode.SESSION_ENDED));
        }
    }

    /** The user's own log says what this connection may follow. */
    void onMembership(LogEntry entry) {
        viewport.doubt();
        following.onMembership(entry);
    }

    private LiveConnection close() {
        closed = true;
        life.open().remove(life.online());
        viewport.end();
        outbound.end();
        following.endAll();
        return this;
    }

    <T> Mono<T> onLoop(Supplier<@Nullable T> task) {
        return Mono.create(sink -> hub.loop().execute(() -> run(task, sink)));
    }

    /** A fault of the task is the caller's to hear of: the loop would only log it, and the caller wait for ever. */
    private <T> void run(Supplier<@Nullable T> task, MonoSink<T> sink) {
        try {
            sink.success(closed ? null : task.get());
        } catch (Throwable fault) {
            // An Error too: of memory outside of the heap there may be none left for a frame.
            sink.error(fault);
        }
    }

    /** What a later hint takes the place of. */
    record HintKey(ConversationId conversation, UserId about) {
        static HintKey of(TalkHint hint) {
            return new HintKey(hint.conversation(), hint.user());
        }
    }
}
