package io.parley.app.http;

import io.parley.api.RequestUpload;
import io.parley.api.Routes;
import io.parley.api.UploadView;
import io.parley.app.gateway.FileGateway;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Hands out the URLs by which clients carry files to and from the file store. */
@RestController
final class FileController {
    private final FileGateway files;

    FileController(FileGateway files) {
        this.files = files;
    }

    @Operation(summary = "Ask for leave to upload a file")
    @PostMapping(Routes.FILES)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<UploadView> upload(@RequestBody RequestUpload request) {
        return files.upload(request);
    }

    @Operation(summary = "Be sent on to a short-lived URL of a file")
    @ApiResponse(responseCode = "302", description = "Found: the URL is in Location")
    @GetMapping(Routes.FILE)
    Mono<ResponseEntity<Void>> download(@PathVariable UUID id) {
        return files.download(id)
                .map(url ->
                        ResponseEntity.status(HttpStatus.FOUND).location(url).build());
    }
}
