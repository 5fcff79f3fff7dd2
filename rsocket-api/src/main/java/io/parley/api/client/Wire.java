package io.parley.api.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.parley.api.Problem;
import io.rsocket.Payload;
import io.rsocket.RSocketErrorException;
import io.rsocket.metadata.AuthMetadataCodec;
import io.rsocket.metadata.CompositeMetadataCodec;
import io.rsocket.metadata.TaggingMetadataCodec;
import io.rsocket.metadata.WellKnownMimeType;
import io.rsocket.util.DefaultPayload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in the payloads' data, route and token in their metadata. */
final class Wire {
    private static final ByteBufAllocator HEAP = UnpooledByteBufAllocator.DEFAULT;

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A frame of a later release: null, which is passed over.
            .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
            .build();

    /** The payload that begins an interaction. */
    Payload request(String route, Optional<String> token, Class<?> type, Object data) {
        return DefaultPayload.create(json.writerFor(type).writeValueAsBytes(data), metadata(route, token));
    }

    /** One that goes on with it. */
    Payload frame(Class<?> type, Object data) {
        return DefaultPayload.create(json.writerFor(type).writeValueAsBytes(data));
    }

    private static byte[] metadata(String route, Optional<String> token) {
        CompositeByteBuf metadata = HEAP.compositeBuffer();
        try {
            add(metadata, WellKnownMimeType.MESSAGE_RSOCKET_ROUTING, routing(route));
            token.ifPresent(
                    bearer -> add(metadata, WellKnownMimeType.MESSAGE_RSOCKET_AUTHENTICATION, authentication(bearer)));
            return ByteBufUtil.getBytes(metadata);
        } finally {
            metadata.release();
        }
    }

    private static ByteBuf routing(String route) {
        return TaggingMetadataCodec.createRoutingMetadata(HEAP, List.of(route)).getContent();
    }

    private static ByteBuf authentication(String token) {
        return AuthMetadataCodec.encodeBearerMetadata(HEAP, token.toCharArray());
    }

    private static void add(CompositeByteBuf metadata, WellKnownMimeType type, ByteBuf content) {
        CompositeMetadataCodec.encodeAndAddMetadata(metadata, HEAP, type, content);
    }

    /** Null for a frame of a type that this release does not know. */
    <T> @Nullable T read(Payload payload, Class<T> type) {
        try {
            return json.readValue(payload.getDataUtf8(), type);
        } finally {
            payload.release();
        }
    }

    /** What the server says of an error, if it is one that the server speaks of. */
    Throwable explained(RSocketErrorException error) {
        try {
            Problem problem = json.readValue(error.getMessage(), Problem.class);
            return problem == null ? error : new ProblemException(problem, error);
        } catch (JacksonException noProblem) {
            return error;
        }
    }
}
