package io.parley.app.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.domain.auth.Authenticate;
import io.rsocket.metadata.AuthMetadataCodec;
import io.rsocket.metadata.WellKnownAuthType;
import io.rsocket.metadata.WellKnownMimeType;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.codec.ByteArrayDecoder;
import org.springframework.messaging.rsocket.DefaultMetadataExtractor;
import org.springframework.security.config.annotation.rsocket.PayloadInterceptorOrder;
import org.springframework.security.rsocket.api.PayloadExchange;
import org.springframework.security.rsocket.api.PayloadExchangeType;
import org.springframework.security.rsocket.api.PayloadInterceptor;
import org.springframework.security.rsocket.api.PayloadInterceptorChain;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Believes or refuses the bearer token of an RSocket request, or the one that came with the connection's setup. That one is
 * asked about again for every request, so that a connection does not outlive its token or its session.
 */
final class BearerInterceptor implements PayloadInterceptor, Ordered {
    private static final MimeType COMPOSITE =
            MimeTypeUtils.parseMimeType(WellKnownMimeType.MESSAGE_RSOCKET_COMPOSITE_METADATA.getString());
    private static final MimeType AUTHENTICATION =
            MimeTypeUtils.parseMimeType(WellKnownMimeType.MESSAGE_RSOCKET_AUTHENTICATION.getString());
    private static final String FOUND = "authentication";

    private final Authenticate authenticate;
    private final DefaultMetadataExtractor metadata = new DefaultMetadataExtractor(new ByteArrayDecoder());

    BearerInterceptor(Authenticate authenticate) {
        this.authenticate = authenticate;
        metadata.metadataToExtract(AUTHENTICATION, byte[].class, FOUND);
    }

    @Override
    public int getOrder() {
        return PayloadInterceptorOrder.AUTHENTICATION.getOrder();
    }

    @Override
    public Mono<Void> intercept(PayloadExchange exchange, PayloadInterceptorChain chain) {
        if (exchange.getType() == PayloadExchangeType.PAYLOAD) {
            // Goes on with a channel, which may have been given a fresh token meanwhile: its own business.
            return chain.next(exchange);
        }
        return Mono.deferContextual(context -> token(exchange)
                .or(() -> Bearer.in(context))
                .map(token -> intercept(token, exchange, chain))
                .orElseGet(() -> chain.next(exchange)));
    }

    private Mono<Void> intercept(Bearer token, PayloadExchange exchange, PayloadInterceptorChain chain) {
        boolean setup = exchange.getType() == PayloadExchangeType.SETUP;
        return authenticate
                .authenticate(token.value())
                .map(CallerAuthentication::new)
                .flatMap(caller -> chain.next(exchange)
                        .contextWrite(context -> caller.into(setup ? token.into(context) : context)));
    }

    private Optional<Bearer> token(PayloadExchange exchange) {
        if (!exchange.getMetadataMimeType().equals(COMPOSITE)) {
            return Optional.empty();
        }
        return metadata.extract(exchange.getPayload(), COMPOSITE).get(FOUND) instanceof byte[] found
                ? bearer(Unpooled.wrappedBuffer(found))
                : Optional.empty();
    }

    /** Other kinds of authentication are not spoken here: whoever uses them is nobody. */
    private static Optional<Bearer> bearer(ByteBuf authentication) {
        boolean bearer = AuthMetadataCodec.isWellKnownAuthType(authentication)
                && AuthMetadataCodec.readWellKnownAuthType(authentication) == WellKnownAuthType.BEARER;
        return bearer
                ? Optional.of(new Bearer(new String(AuthMetadataCodec.readBearerTokenAsCharArray(authentication))))
                : Optional.empty();
    }

    /** What Spring Security keeps of a setup is its context. */
    private record Bearer(String value) {

        static Optional<Bearer> in(ContextView context) {
            return context.getOrEmpty(Bearer.class);
        }

        Context into(Context context) {
            return context.put(Bearer.class, this);
        }

        @Override
        public String toString() {
            return "Bearer[hidden]";
        }
    }
}
