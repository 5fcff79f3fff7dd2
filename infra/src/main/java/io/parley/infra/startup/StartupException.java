package io.parley.infra.startup;

import java.util.List;
import org.springframework.boot.ExitCodeGenerator;

/** The server cannot start as it is set up: every reason on a line of its own, each naming the variable to mend. */
public final class StartupException extends RuntimeException implements ExitCodeGenerator {
    /** {@code EX_CONFIG} of BSD's sysexits: a setting is missing or wrong. */
    public static final int CONFIGURATION = 78;

    /** {@code EX_UNAVAILABLE} of BSD's sysexits: the settings may be right, but a required server is away. */
    public static final int UNAVAILABLE = 69;

    private final int exitCode;
    private final transient List<String> faults;

    public StartupException(int exitCode, List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.exitCode = exitCode;
        this.faults = List.copyOf(faults);
    }

    /** One wrong setting. */
    public static StartupException setting(String variable, String fault) {
        return new StartupException(CONFIGURATION, List.of(variable + ": " + fault));
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    public List<String> faults() {
        return faults;
    }
}
