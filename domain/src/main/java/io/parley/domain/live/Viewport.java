package io.parley.domain.live;

import io.parley.domain.presence.Presence;
import io.parley.domain.user.UserId;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Whom one client watches: what is known of each, and what it was told. It holds states, not frames: whatever happens
 * until the client takes one, there is one. Confined to the connection's loop.
 */
final class Viewport {
    private final Map<UserId, Watched> users = new LinkedHashMap<>();
    private final Set<UserId> untold = new LinkedHashSet<>();
    private final LiveConnection connection;
    private final PresenceWatch watch;
    private final Runnable onNews;
    private boolean shown;

    /** @param onNews called when there is something to tell */
    Viewport(LiveConnection connection, PresenceWatch watch, Runnable onNews) {
        this.connection = connection;
        this.watch = watch;
        this.onNews = onNews;
    }

    LiveConnection connection() {
        return connection;
    }

    /** From any thread; empty once the connection is closed. */
    <T> Mono<T> onLoop(Supplier<@Nullable T> task) {
        return connection.onLoop(task);
    }

    Set<UserId> users() {
        return Set.copyOf(users.keySet());
    }

    /** Watches these and nobody else; nothing is told of them before {@link #show}. */
    void replace(Collection<UserId> others) {
        users.forEach((user, watched) -> {
            if (watched.met) {
                watch.remove(user, this);
            }
        });
        users.clear();
        untold.clear();
        shown = false;
        others.forEach(user -> users.put(user, new Watched()));
    }

    void end() {
        replace(List.of());
        watch.forget(this);
    }

    /**
     * Who shares a conversation with the client's user, as of a number that rises with time; of all others nothing is
     * known. Value: those of them whom it watches now.
     */
    List<UserId> meet(Set<UserId> acquaintances, long asOf) {
        users.forEach((user, watched) -> {
            if (asOf > watched.metAsOf) {
                watched.metAsOf = asOf;
                meet(user, watched, acquaintances.contains(user));
            }
        });
        return users.keySet().stream().filter(this::hasMet).toList();
    }

    private void meet(UserId user, Watched watched, boolean met) {
        if (met && !watched.met) {
            watched.met = true;
            watch.add(user, this);
        } else if (watched.met && !met) {
            watched.met = false;
            watch.remove(user, this);
            become(user, watched, Presence.UNKNOWN);
        }
    }

    private boolean hasMet(UserId user) {
        Watched watched = users.get(user);
        return watched != null && watched.met;
    }

    /** What was seen of a user, as of such a number. */
    void see(UserId user, Presence presence, long asOf) {
        Watched watched = users.get(user);
        if (watched != null && watched.met && asOf >= watched.seenAsOf) {
            watched.seenAsOf = asOf;
            become(user, watched, presence);
        }
    }

    private void become(UserId user, Watched watched, Presence presence) {
        watched.presence = presence;
        if (presence == watched.told) {
            untold.remove(user);
        } else if (shown && untold.add(user)) {
            onNews.run();
        }
    }

    /** From now on the client is told: first of all of them, then of those who come or go. */
    void show() {
        shown = true;
        untold.addAll(users.keySet());
        onNews.run();
    }

    /** The next frame for the client; null if there is nothing to tell. */
    byte @Nullable [] next() {
        Iterator<UserId> any = untold.iterator();
        if (!shown || !any.hasNext()) {
            return null;
        }
        UserId user = any.next();
        any.remove();
        Watched watched = users.get(user);
        if (watched == null) {
            return null;
        }
        watched.told = watched.presence;
        return connection.frames().presence(user, watched.presence);
    }

    /** This user has come into a conversation with the client's, or gone out of one. */
    void doubt(UserId user) {
        if (users.containsKey(user)) {
            watch.doubt(this);
        }
    }

    /** The client's own user has, or it is not known who. */
    void doubt() {
        if (!users.isEmpty()) {
            watch.doubt(this);
        }
    }

    private static final class Watched {
        private boolean met;
        private long metAsOf;
        private Presence presence = Presence.UNKNOWN;
        private long seenAsOf;
        private @Nullable Presence told;
    }
}
