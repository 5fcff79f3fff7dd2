package io.parley.embedded;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Who needs the servers: connected users and held processes. Decides when nobody does, once and for all. */
final class Leases {
    private static final long CHECK_MILLIS = 100;

    private final Duration grace;
    private final Set<ProcessHandle> held = new HashSet<>();
    private Duration patience;
    private int users;
    private boolean ended;

    /**
     * @param first how long to wait for the first user
     * @param grace how long to wait for a newcomer after the last user
     */
    Leases(Duration first, Duration grace) {
        this.patience = first;
        this.grace = grace;
    }

    /** Whether the servers stay for the newcomer; false if they are on their way out. */
    synchronized boolean enter() {
        if (ended) {
            return false;
        }
        users++;
        patience = grace;
        notifyAll();
        return true;
    }

    synchronized void leave() {
        users--;
        notifyAll();
    }

    synchronized void hold(ProcessHandle process) {
        held.add(process);
    }

    /** Blocks until somebody needs the servers (true) or they end (false). */
    synchronized boolean awaitUser() throws InterruptedException {
        while (!ended && !inUse()) {
            wait(CHECK_MILLIS);
        }
        return !ended;
    }

    /** Blocks until nobody has needed the servers for as long as patience lasts; nobody can enter from then on. */
    synchronized void awaitEnd() throws InterruptedException {
        long lastUse = System.nanoTime();
        while (!ended) {
            // The end of a held process can only be looked for, hence the short naps.
            wait(CHECK_MILLIS);
            if (inUse()) {
                lastUse = System.nanoTime();
            } else if (System.nanoTime() - lastUse >= patience.toNanos()) {
                end();
            }
        }
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    private boolean inUse() {
        held.removeIf(process -> !Processes.isAlive(process));
        return users > 0 || !held.isEmpty();
    }
}
