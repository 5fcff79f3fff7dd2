package io.parley.app.http;

import io.parley.api.ChangesRequest;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.gateway.RequestContext;
import io.parley.app.http.ServerEvents.Position;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.user.UserId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Logs as streams over HTTP: server-sent events, or lines of JSON. Pages of them are elsewhere. */
@RestController
final class LogStreamController {
    private static final String EVENTS = MediaType.TEXT_EVENT_STREAM_VALUE;
    private static final String LINES = MediaType.APPLICATION_NDJSON_VALUE;
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final LogResponse logs;
    private final ServerEvents events;
    private final JsonLines lines;

    LogStreamController(LogResponse logs, ServerEvents events, JsonLines lines) {
        this.logs = logs;
        this.events = events;
        this.lines = lines;
    }

    /** From where on, and whether for ever. */
    record From(
            @Nullable UUID epoch,
            @Nullable Long after,

            @Parameter(description = "Whether the stream goes on with what happens then; a page cannot") @Nullable
            Boolean follow) {
        ChangesRequest of(UUID log) {
            return new ChangesRequest(log, epoch, after == null ? 0 : after, follow);
        }

        /** What the reader's last event says goes before what its first request said. */
        From last(@Nullable String eventId) {
            if (eventId == null || eventId.isBlank()) {
                return this;
            }
            Position position = Position.of(eventId);
            return new From(position.epoch(), position.offset(), follow);
        }
    }

    @Operation(summary = "Everything that changed since an offset; as a stream also what happens then")
    @ApiResponse(
            responseCode = "200",
            description = "A page of the log, or its frames",
            content = @Content(mediaType = EVENTS, schema = @Schema(implementation = ServerFrame.class)))
    @GetMapping(path = Routes.CHANGES, produces = EVENTS)
    Mono<Void> events(
            @PathVariable UUID id,
            @ParameterObject From from,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            ServerWebExchange exchange) {
        return conversation(id)
                .flatMap(log -> logs.write(exchange, from.last(lastEventId).of(log), events));
    }

    @Operation(summary = "Everything that changed since an offset; as a stream also what happens then")
    @ApiResponse(
            responseCode = "200",
            description = "A page of the log, or its frames",
            content = @Content(mediaType = LINES, schema = @Schema(implementation = ServerFrame.class)))
    @GetMapping(path = Routes.CHANGES, produces = LINES)
    Mono<Void> lines(@PathVariable UUID id, @ParameterObject From from, ServerWebExchange exchange) {
        return conversation(id).flatMap(log -> logs.write(exchange, from.of(log), lines));
    }

    /** One's own log is no conversation. */
    private static Mono<UUID> conversation(UUID id) {
        return RequestContext.user()
                .filter(user -> !user.value().equals(id))
                .map(user -> id)
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN)));
    }

    @Operation(summary = "Everything that changed on one's own log since an offset; as a stream also what happens then")
    @ApiResponse(
            responseCode = "200",
            description = "A page of the log, or its frames",
            content = @Content(mediaType = EVENTS, schema = @Schema(implementation = ServerFrame.class)))
    @GetMapping(path = Routes.MY_CHANGES, produces = EVENTS)
    Mono<Void> myEvents(
            @ParameterObject From from,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            ServerWebExchange exchange) {
        return me().flatMap(log -> logs.write(exchange, from.last(lastEventId).of(log), events));
    }

    @Operation(summary = "Everything that changed on one's own log since an offset; as a stream also what happens then")
    @ApiResponse(
            responseCode = "200",
            description = "A page of the log, or its frames",
            content = @Content(mediaType = LINES, schema = @Schema(implementation = ServerFrame.class)))
    @GetMapping(path = Routes.MY_CHANGES, produces = LINES)
    Mono<Void> myLines(@ParameterObject From from, ServerWebExchange exchange) {
        return me().flatMap(log -> logs.write(exchange, from.of(log), lines));
    }

    private static Mono<UUID> me() {
        return RequestContext.user().map(UserId::value);
    }
}
