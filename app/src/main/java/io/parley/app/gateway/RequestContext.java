package io.parley.app.gateway;

import io.parley.domain.auth.Caller;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.user.UserId;
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
 * @param address from where it came, see {@link #addressOf}
 * @param signedIn who is asking, if they have said and proved so
 */
public record RequestContext(
        String requestId, String address, @Nullable Caller signedIn) {

    /** Of a request of nobody in particular. */
    public static RequestContext anonymous(String requestId, String address) {
        return new RequestContext(requestId, address, null);
    }

    public RequestContext signedInAs(Caller caller) {
        return new RequestContext(requestId, address, caller);
    }

    /** The same caller's next request on the same connection. */
    public RequestContext next() {
        return new RequestContext(RequestIds.next(), address, signedIn);
    }

    /** By whom permits are counted: the user, or where nobody has signed in, the address. */
    public String caller() {
        return signedIn == null ? address : signedIn.user().value().toString();
    }

    /** Who is asking. Errors: {@code Unauthenticated} where nobody has signed in. */
    public Caller requireCaller() {
        if (signedIn == null) {
            throw new Unauthenticated(ErrorCode.AUTH_REQUIRED);
        }
        return signedIn;
    }

    /** Value: the context of the request at hand. Errors: {@code NoSuchElementException} where a transport forgot it. */
    public static Mono<RequestContext> current() {
        return Mono.deferContextual(context -> Mono.just(context.get(RequestContext.class)));
    }

    /** Value: who is asking. Errors: {@code Unauthenticated} where nobody has signed in. */
    public static Mono<UserId> user() {
        return current().map(context -> context.requireCaller().user());
    }

    /** The same context, in which the request at hand is one of this caller's. */
    public static Context signedInAs(Context context, Caller caller) {
        return context.<RequestContext>getOrEmpty(RequestContext.class)
                .map(request -> request.signedInAs(caller).into(context))
                .orElse(context);
    }

    public Context into(Context context) {
        return context.put(RequestContext.class, this);
    }

    /** An address counts as it is; of IPv6 the first 64 bits count, since one customer has that many addresses. */
    public static String addressOf(@Nullable InetSocketAddress remote) {
        @Nullable InetAddress address = remote == null ? null : remote.getAddress();
        if (address == null) {
            return "unknown";
        }
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8))
                : address.getHostAddress();
    }
}
