package io.parley.app.operations;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;
import reactor.netty.ChannelBindException;

/** Prints which port cannot be opened, and why, in place of a stack trace. */
@Order(0) // before Spring Boot's own, which knows neither our variables nor the RSocket port
final class PortFaultReporter implements SpringBootExceptionReporter {
    private final @Nullable ConfigurableApplicationContext context;

    PortFaultReporter(@Nullable ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    @SuppressWarnings("SystemOut") // as the faults of all other starts: the log is asynchronous
    public boolean reportException(Throwable failure) {
        Optional<ChannelBindException> refused = Stream.iterate(
                        failure, cause -> cause != null, cause -> cause.getCause())
                .filter(ChannelBindException.class::isInstance)
                .map(ChannelBindException.class::cast)
                .findFirst();
        refused.ifPresent(fault -> System.err.println("Parley does not start:" + System.lineSeparator() + "  "
                + line(fault) + System.lineSeparator() + "Every variable is explained in docs/configuration.md."));
        return refused.isPresent();
    }

    private String line(ChannelBindException fault) {
        String listener = Stream.of("HTTP", "RSOCKET", "MANAGEMENT")
                .filter(name -> isPortOf(name, fault.localPort()))
                .map(name -> "PARLEY_" + name + "_ADDRESS / PARLEY_" + name + "_PORT: ")
                .findFirst()
                .orElse("");
        return listener + "cannot listen on " + fault.localHost() + ":" + fault.localPort() + ": " + reason(fault);
    }

    private boolean isPortOf(String listener, int port) {
        return context != null
                && context.getEnvironment()
                        .getProperty("parley." + listener.toLowerCase(java.util.Locale.ROOT) + ".port", "")
                        .equals(String.valueOf(port));
    }

    /** Without the name of the system call that native transports put before it. */
    private static String reason(ChannelBindException fault) {
        String reason = String.valueOf(
                fault.getCause() == null ? fault.getMessage() : fault.getCause().getMessage());
        return reason.substring(reason.lastIndexOf(": ") + 1).strip();
    }
}
