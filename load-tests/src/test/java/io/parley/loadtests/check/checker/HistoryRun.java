package io.parley.loadtests.check.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.loadtests.check.history.History;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Judges a history again that was kept: {@code -Dtest=HistoryRun -Dparley.check.history=<file>}. Run by request alone. */
class HistoryRun {
    @Test
    void nothingIsWrongWithIt() {
        Path file = Path.of(System.getProperty("parley.check.history"));
        assertThat(Checker.check(History.read(file))).isEmpty();
    }
}
