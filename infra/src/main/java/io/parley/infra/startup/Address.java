package io.parley.infra.startup;

import java.net.URI;
import java.util.Locale;

/** Where a server listens, as {@code host:port}; an IPv6 host stands in brackets. */
public record Address(String host, int port) {

    /** Converts a setting. Errors: {@code IllegalArgumentException} with a sentence for operators. */
    public static Address valueOf(String text) {
        URI uri = URI.create("tcp://" + text.strip());
        Address address = new Address(uri.getHost(), uri.getPort());
        // Whatever else a URI may hold, a user for one, would be dropped in silence.
        if (!address.toString().equals(text.strip()) || address.port() < 1 || address.port() > 65_535) {
            throw new IllegalArgumentException("expects host:port");
        }
        return address;
    }

    /** Whether what is sent there stays on this machine. Asks no name server. */
    public boolean isLoopback() {
        return isLoopback(host);
    }

    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.matches("127(\\.[0-9]{1,3}){3}|\\[(::1|0(:0){6}:1)]");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
