package io.parley.domain.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop that runs when a test says so, by a clock of the test's. */
final class ManualLoop implements Loop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Later> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Later::at).thenComparingLong(Later::number));
    private boolean running;
    private long now;
    private long numbers;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void later(Runnable task, Duration delay) {
        waiting.add(new Later(now + delay.toMillis(), numbers++, task));
    }

    @Override
    public boolean inLoop() {
        return running;
    }

    /** Everything that waits for nothing but its turn. */
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            running = true;
            task.run();
            running = false;
        }
    }

    /** Lets time pass. */
    void pass(Duration time) {
        run();
        long until = now + time.toMillis();
        while (!waiting.isEmpty() && waiting.peek().at() <= until) {
            Later next = waiting.poll();
            now = next.at();
            execute(next.task());
            run();
        }
        now = until;
    }

    private record Later(long at, long number, Runnable task) {}
}
