package io.parley.app.http;

import io.parley.api.ChangesPage;
import io.parley.api.ChangesRequest;
import io.parley.api.ChannelList;
import io.parley.api.ConversationEntry;
import io.parley.api.ConversationList;
import io.parley.api.NewConversation;
import io.parley.api.RenameConversation;
import io.parley.api.Routes;
import io.parley.app.gateway.ConversationGateway;
import io.parley.app.gateway.ConversationGateway.Opened;
import io.parley.app.gateway.LogGateway;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Conversations over HTTP. */
@RestController
final class ConversationController {
    private final ConversationGateway conversations;
    private final LogGateway logs;

    ConversationController(ConversationGateway conversations, LogGateway logs) {
        this.conversations = conversations;
        this.logs = logs;
    }

    @Operation(summary = "Open a conversation, or find the one that is meant")
    @ApiResponse(
            responseCode = "201",
            description = "It is new",
            content = @Content(schema = @Schema(implementation = ConversationEntry.class)))
    @ApiResponse(
            responseCode = "200",
            description = "It was there",
            content = @Content(schema = @Schema(implementation = ConversationEntry.class)))
    @PostMapping(Routes.CONVERSATIONS)
    Mono<ResponseEntity<ConversationEntry>> open(@RequestBody NewConversation request) {
        return conversations.open(request).map(ConversationController::answer);
    }

    private static ResponseEntity<ConversationEntry> answer(Opened opened) {
        URI place = URI.create(
                Routes.CONVERSATION.replace("{id}", opened.entry().id().toString()));
        return opened.created()
                ? ResponseEntity.created(place).body(opened.entry())
                : ResponseEntity.ok(opened.entry());
    }

    @Operation(summary = "What one is in, by id")
    @GetMapping(Routes.CONVERSATIONS)
    Mono<ConversationList> list(
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable Integer limit) {
        return conversations.list(after, limit);
    }

    @Operation(summary = "One of one's conversations")
    @GetMapping(Routes.CONVERSATION)
    Mono<ConversationEntry> find(@PathVariable UUID id) {
        return conversations.find(id);
    }

    @Operation(summary = "Give a group or channel another title")
    @PatchMapping(Routes.CONVERSATION)
    Mono<ConversationEntry> rename(@PathVariable UUID id, @RequestBody RenameConversation request) {
        return conversations.rename(id, request);
    }

    @Operation(summary = "What anybody may join, by id")
    @GetMapping(Routes.CHANNELS)
    Mono<ChannelList> channels(
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable Integer limit) {
        return conversations.channels(after, limit);
    }

    @Operation(summary = "Everything that changed since an offset; as a stream also what happens then")
    @ApiResponse(
            responseCode = "200",
            description = "A page of the log, or its frames",
            content = @Content(schema = @Schema(implementation = ChangesPage.class)))
    @GetMapping(path = Routes.CHANGES, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<byte[]> changes(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID epoch,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "false") boolean follow,
            @RequestParam(required = false) @Nullable Integer limit) {
        return logs.page(new ChangesRequest(id, epoch, after, follow), limit);
    }
}
