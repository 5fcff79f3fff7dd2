package io.parley.loadtests.bench;

import java.sql.SQLException;
import java.util.List;

/** One thing that is measured. */
public interface Benchmark {

    /** Leaves nothing connected. Errors: {@code IllegalStateException} if what happened is not what was to be measured. */
    List<Row> run(Stage stage) throws SQLException;
}
