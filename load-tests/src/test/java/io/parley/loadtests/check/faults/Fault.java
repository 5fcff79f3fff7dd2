package io.parley.loadtests.check.faults;

import io.parley.embedded.EmbeddedServer;
import io.parley.loadtests.check.faults.TcpProxy.Direction;
import io.parley.loadtests.check.workload.Workload;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What can be done to a cluster. Each one is over when it returns: what it broke is whole again. */
public enum Fault {
    KILL_NODE {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            int node = random.nextInt(cluster.size());
            cluster.kill(node);
            pass(length.dividedBy(2));
            cluster.restart(node);
            return cluster.name(node);
        }
    },
    TERMINATE_NODE {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            int node = random.nextInt(cluster.size());
            int exit = cluster.terminate(node, Duration.ofSeconds(30));
            cluster.restart(node);
            return cluster.name(node) + ", exit " + exit;
        }
    },
    STOP_NODE {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            int node = random.nextInt(cluster.size());
            cluster.signalNode(node, "STOP");
            pass(length);
            cluster.signalNode(node, "CONT");
            return cluster.name(node);
        }
    },
    KILL_POSTGRES {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            return killed(cluster, EmbeddedServer.POSTGRES, length.dividedBy(4));
        }
    },
    STOP_POSTGRES {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            return stopped(cluster, EmbeddedServer.POSTGRES, length);
        }
    },
    KILL_KAFKA {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            return killed(cluster, EmbeddedServer.KAFKA, length);
        }
    },
    STOP_KAFKA {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            return stopped(cluster, EmbeddedServer.KAFKA, length);
        }
    },
    WIPE_KAFKA {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            cluster.servers().stop(EmbeddedServer.KAFKA);
            cluster.servers().wipe(EmbeddedServer.KAFKA);
            cluster.servers().start(EmbeddedServer.KAFKA);
            return "kafka";
        }
    },
    KILL_REDIS {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            return killed(cluster, EmbeddedServer.REDIS, length);
        }
    },
    FLUSH_REDIS {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            return new RedisKeys(cluster.settings()).removeAll() + " keys";
        }
    },
    /** The commit happens, and its answer does not arrive. */
    CUT_AT_COMMIT {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            for (int node = 0; node < cluster.size(); node++) {
                cluster.postgres(node).cutAnswersTo(Workload.MARK, CUTS);
            }
            pass(length);
            int cut = 0;
            for (int node = 0; node < cluster.size(); node++) {
                cut += cluster.postgres(node).answersCut();
                cluster.postgres(node).heal();
            }
            return "all nodes, " + cut + " answers so far";
        }
    },
    /** Nothing arrives at PostgreSQL, or nothing comes back; nobody is told. */
    SILENT_POSTGRES {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            int node = random.nextInt(cluster.size());
            return silent(cluster.postgres(node), random, length) + " of " + cluster.name(node);
        }
    },
    SILENT_REDIS {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            int node = random.nextInt(cluster.size());
            return silent(cluster.redis(node), random, length) + " of " + cluster.name(node);
        }
    },
    SILENT_CLIENTS {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            int node = random.nextInt(cluster.size());
            TcpProxy link = random.nextBoolean() ? cluster.http(node) : cluster.rsocket(node);
            return silent(link, random, length) + " of " + cluster.name(node);
        }
    },
    CUT_POSTGRES {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            int node = random.nextInt(cluster.size());
            cluster.postgres(node).refuse();
            pass(length);
            cluster.postgres(node).heal();
            return cluster.name(node);
        }
    },
    CUT_CLIENTS {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            int node = random.nextInt(cluster.size());
            cluster.http(node).cut();
            cluster.rsocket(node).cut();
            return cluster.name(node);
        }
    },
    SLOW_POSTGRES {
        @Override
        String on(Cluster cluster, Random random, Duration length) {
            int node = random.nextInt(cluster.size());
            cluster.postgres(node).delay(Duration.ofMillis(100 + random.nextInt(200)));
            pass(length);
            cluster.postgres(node).heal();
            return cluster.name(node);
        }
    };

    private static final int CUTS = 4;

    /**
     * Does it, and mends it again.
     *
     * @param random decides what is hit
     * @param length how long it is to last, where it lasts
     * @return what was hit, for the history
     */
    abstract String on(Cluster cluster, Random random, Duration length);

    private static String killed(Cluster cluster, EmbeddedServer server, Duration length) {
        cluster.servers().kill(server);
        pass(length);
        cluster.servers().start(server);
        return server.name().toLowerCase(Locale.ROOT);
    }

    private static String stopped(Cluster cluster, EmbeddedServer server, Duration length) {
        cluster.signalServer(server, "STOP");
        pass(length);
        cluster.signalServer(server, "CONT");
        return server.name().toLowerCase(Locale.ROOT);
    }

    private static String silent(TcpProxy link, Random random, Duration length) {
        int kind = random.nextInt(3);
        if (kind != 0) {
            link.hold(Direction.UP);
        }
        if (kind != 1) {
            link.hold(Direction.DOWN);
        }
        pass(length);
        link.heal();
        return kind == 0 ? "downwards" : kind == 1 ? "upwards" : "both ways";
    }

    public static void pass(Duration time) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
