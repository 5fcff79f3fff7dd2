package io.parley.infra.startup;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** Prints why the server does not start, one line per fault, in place of a stack trace. */
final class StartupFaultReporter implements SpringBootExceptionReporter {

    @SuppressWarnings("UnusedVariable") // Spring Boot passes the context to reporters, or null before there is one
    StartupFaultReporter(@Nullable ConfigurableApplicationContext context) {}

    @Override
    @SuppressWarnings("SystemOut") // the log may not be set up yet, and is asynchronous: these lines must not be lost
    public boolean reportException(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        if (!(cause instanceof StartupException startup)) {
            return false;
        }
        System.err.println("Parley does not start:");
        startup.faults().forEach(fault -> System.err.println("  " + fault));
        System.err.println("Every variable is explained in docs/configuration.md.");
        return true;
    }
}
