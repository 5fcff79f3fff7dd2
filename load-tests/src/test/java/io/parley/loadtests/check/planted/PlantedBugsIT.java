package io.parley.loadtests.check.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.loadtests.ServerNode;
import io.parley.loadtests.check.faults.Cluster;
import io.parley.loadtests.check.faults.Fault;
import io.parley.loadtests.check.faults.Report;
import io.parley.loadtests.check.faults.Run;
import io.parley.loadtests.check.history.History;
import io.parley.loadtests.check.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Twelve bugs, one after the other in the same two nodes, and the checker catches each. Only with {@code
 * -Dparley.check.planted=true}, since it takes some minutes; {@code PlantedHistoriesTest} shows the same on histories alone.
 */
@Isolated("alters the database that all others use")
@EnabledIfSystemProperty(named = "parley.check.planted", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlantedBugsIT {
    private static final Run.Settling SETTLING = new Run.Settling(Duration.ofSeconds(15), false);
    private static final Workload.Size SIZE = new Workload.Size(3, 120);
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private static Cluster cluster;

    @BeforeAll
    static void start() throws IOException {
        Switch.set("");
        cluster = new Cluster(
                List.of("one", "two"),
                "-javaagent:" + PlantedJar.of(ServerNode.jar()),
                "-Dparley.planted.switch="
                        + Path.of("target", "planted", "switch").toAbsolutePath());
    }

    @AfterEach
    void switchOff() throws IOException {
        Switch.set("");
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void nothingIsCaughtWhereNothingIsPlanted() {
        Run run = new Run(cluster, "planted-nothing", 1, new Run.Settling(Duration.ofSeconds(45), true));
        Report report = run.of(SIZE, (history, random) -> {
            shaken(run, history, random);
            withoutKafka(run, history, random);
        });
        assertThat(report.violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void thePlantedBugIsCaught(Bug bug) {
        Run run = new Run(cluster, "planted-" + bug, 1, SETTLING);
        Report report = run.of(SIZE, (history, random) -> {
            try (AlteredFunctions functions = new AlteredFunctions(cluster.settings())) {
                Fault.pass(Duration.ofSeconds(1));
                bug.alter(functions);
                Switch.set(bug.switched());
                if (bug == Bug.A_PAGE_WITHOUT_THE_HEAD_OF_ITS_SNAPSHOT) {
                    withoutKafka(run, history, random);
                } else {
                    shaken(run, history, random);
                }
                if (bug == Bug.DELETED_CONTENT_FROM_THE_CACHE) {
                    // Somebody has to be away while a message is said and unsaid.
                    shaken(run, history, random);
                    shaken(run, history, random);
                }
                Switch.set("");
            } catch (IOException | SQLException cannot) {
                throw new IllegalStateException(cannot);
            }
        });
        System.out.println(bug + " is caught by " + report.broken());
        assertThat(report.broken()).contains(bug.invariant());
    }

    /** Lines are cut, and PostgreSQL answers late, so that there is much to catch up on, and to wait for. */
    private static void shaken(Run run, History history, Random random) {
        for (int i = 0; i < cluster.size(); i++) {
            cluster.postgres(i).delay(Duration.ofMillis(60));
        }
        for (int i = 0; i < 4; i++) {
            Fault.pass(A_WHILE);
            run.inflict(history, Fault.CUT_CLIENTS, random, A_WHILE);
        }
        for (int i = 0; i < cluster.size(); i++) {
            cluster.postgres(i).heal();
        }
    }

    private static void withoutKafka(Run run, History history, Random random) {
        run.inflict(history, Fault.KILL_KAFKA, random, A_WHILE.multipliedBy(3));
    }
}
