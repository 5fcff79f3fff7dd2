package io.parley.app.http;

import io.parley.api.EditMessage;
import io.parley.api.HistoryRequest;
import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.app.gateway.HistoryGateway;
import io.parley.app.gateway.MessageGateway;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What is said in a conversation, over HTTP. */
@RestController
final class MessageController {
    private final MessageGateway messages;
    private final HistoryGateway history;

    MessageController(MessageGateway messages, HistoryGateway history) {
        this.messages = messages;
        this.history = history;
    }

    @Operation(summary = "Say something, once per clientMessageId")
    @PostMapping(Routes.MESSAGES)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<MessageView> send(@PathVariable UUID id, @RequestBody SendMessage request) {
        return messages.send(id, request);
    }

    @Operation(summary = "A page of what has been said, by rising seq")
    @GetMapping(Routes.MESSAGES)
    Mono<MessagePage> history(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(required = false) @Nullable Long around,
            @RequestParam(required = false) @Nullable Integer limit) {
        return history.page(new HistoryRequest(id, before, after, around, limit));
    }

    @Operation(summary = "One message")
    @GetMapping(Routes.MESSAGE)
    Mono<MessageView> find(@PathVariable UUID id, @PathVariable UUID messageId) {
        return messages.find(id, messageId);
    }

    @Operation(summary = "Give one's own message another text")
    @PatchMapping(Routes.MESSAGE)
    Mono<MessageView> edit(@PathVariable UUID id, @PathVariable UUID messageId, @RequestBody EditMessage request) {
        return messages.edit(id, messageId, request);
    }

    @Operation(summary = "Unsay a message: a tombstone stays")
    @DeleteMapping(Routes.MESSAGE)
    Mono<MessageView> delete(@PathVariable UUID id, @PathVariable UUID messageId) {
        return messages.delete(id, messageId);
    }
}
