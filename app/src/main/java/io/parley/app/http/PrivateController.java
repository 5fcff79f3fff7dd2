package io.parley.app.http;

import io.parley.api.ChangePersonal;
import io.parley.api.ChangesPage;
import io.parley.api.PersonalView;
import io.parley.api.Routes;
import io.parley.api.SaveDraft;
import io.parley.app.gateway.LogGateway;
import io.parley.app.gateway.PrivateGateway;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What people keep for themselves, over HTTP. */
@RestController
final class PrivateController {
    private final PrivateGateway personal;
    private final LogGateway logs;

    PrivateController(PrivateGateway personal, LogGateway logs) {
        this.personal = personal;
        this.logs = logs;
    }

    @Operation(summary = "What one's clients keep for all one's devices")
    @GetMapping(Routes.PREFERENCES)
    Mono<Map<String, String>> preferences() {
        return personal.preferences();
    }

    @Operation(summary = "Change some of one's preferences: null removes one, what is not named stays")
    @PatchMapping(Routes.PREFERENCES)
    Mono<Map<String, String>> changePreferences(@RequestBody Map<String, @Nullable String> request) {
        return personal.changePreferences(request);
    }

    @Operation(summary = "Keep what one has begun to write; blank removes it")
    @PutMapping(Routes.DRAFT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> saveDraft(@PathVariable UUID id, @RequestBody SaveDraft request) {
        return personal.saveDraft(id, request);
    }

    @Operation(summary = "Keep it no longer")
    @DeleteMapping(Routes.DRAFT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> removeDraft(@PathVariable UUID id) {
        return personal.removeDraft(id);
    }

    @Operation(summary = "How one wants a conversation")
    @GetMapping(Routes.PERSONAL)
    Mono<PersonalView> personal(@PathVariable UUID id) {
        return personal.personal(id);
    }

    @Operation(summary = "Change how one wants a conversation: what is not named stays")
    @PatchMapping(Routes.PERSONAL)
    Mono<PersonalView> changePersonal(@PathVariable UUID id, @RequestBody ChangePersonal request) {
        return personal.changePersonal(id, request);
    }

    @Operation(summary = "Everything that changed on one's own log since an offset; as a stream also what happens then")
    @ApiResponse(
            responseCode = "200",
            description = "A page of the log, or its frames",
            content = @Content(schema = @Schema(implementation = ChangesPage.class)))
    @GetMapping(path = Routes.MY_CHANGES, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<byte[]> changes(
            @RequestParam(required = false) @Nullable UUID epoch,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "false") boolean follow,
            @RequestParam(required = false) @Nullable Integer limit) {
        return logs.ownPage(epoch, after, follow, limit);
    }
}
