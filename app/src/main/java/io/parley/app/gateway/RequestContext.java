package io.parley.app.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Which request is being answered, carried in the Reactor context by every transport.
 *
 * @param requestId see {@link RequestIds}
 * @param caller by whom its permits are counted
 */
public record RequestContext(String requestId, String caller) {

    /** Value: the context of the request at hand. Errors: {@code NoSuchElementException} where a transport forgot it. */
    public static Mono<RequestContext> current() {
        return Mono.deferContextual(context -> Mono.just(context.get(RequestContext.class)));
    }

    public Context into(Context context) {
        return context.put(RequestContext.class, this);
    }

    /** An address counts as it is; of IPv6 the first 64 bits count, since one customer has that many addresses. */
    public static String callerAt(@Nullable InetSocketAddress remote) {
        @Nullable InetAddress address = remote == null ? null : remote.getAddress();
        if (address == null) {
            return "unknown";
        }
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8))
                : address.getHostAddress();
    }
}
