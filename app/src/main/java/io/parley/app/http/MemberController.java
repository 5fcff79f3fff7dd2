package io.parley.app.http;

import io.parley.api.AddMember;
import io.parley.api.ChangeRole;
import io.parley.api.ConversationEntry;
import io.parley.api.MemberList;
import io.parley.api.Routes;
import io.parley.app.gateway.MemberGateway;
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

/** Who is in a conversation, over HTTP. */
@RestController
final class MemberController {
    private final MemberGateway members;

    MemberController(MemberGateway members) {
        this.members = members;
    }

    @Operation(summary = "Join a channel")
    @PostMapping(Routes.CONVERSATION_JOIN)
    Mono<ConversationEntry> join(@PathVariable UUID id) {
        return members.join(id);
    }

    @Operation(summary = "Leave")
    @PostMapping(Routes.CONVERSATION_LEAVE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> leave(@PathVariable UUID id) {
        return members.leave(id);
    }

    @Operation(summary = "Who is in it, by id")
    @GetMapping(Routes.MEMBERS)
    Mono<MemberList> list(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable Integer limit) {
        return members.list(id, after, limit);
    }

    @Operation(summary = "Add somebody")
    @PostMapping(Routes.MEMBERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> add(@PathVariable UUID id, @RequestBody AddMember request) {
        return members.add(id, request);
    }

    @Operation(summary = "Give a member another role")
    @PatchMapping(Routes.MEMBER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> changeRole(@PathVariable UUID id, @PathVariable UUID userId, @RequestBody ChangeRole request) {
        return members.changeRole(id, userId, request);
    }

    @Operation(summary = "Remove a member")
    @DeleteMapping(Routes.MEMBER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable UUID id, @PathVariable UUID userId) {
        return members.remove(id, userId);
    }
}
