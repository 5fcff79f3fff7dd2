package io.parley.app.http;

import io.parley.api.MarkRead;
import io.parley.api.MarkReceived;
import io.parley.api.ReadPositionView;
import io.parley.api.ReceiptList;
import io.parley.api.Routes;
import io.parley.app.gateway.ReceiptGateway;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How far people have read, over HTTP. */
@RestController
final class ReceiptController {
    private final ReceiptGateway receipts;

    ReceiptController(ReceiptGateway receipts) {
        this.receipts = receipts;
    }

    @Operation(summary = "Say up to which message one has read")
    @PutMapping(Routes.READ)
    Mono<ReadPositionView> read(@PathVariable UUID id, @RequestBody MarkRead request) {
        return receipts.read(id, request.seq());
    }

    @Operation(summary = "Say up to which message everything has arrived at one of one's devices")
    @PutMapping(Routes.RECEIVED)
    Mono<ReadPositionView> received(@PathVariable UUID id, @RequestBody MarkReceived request) {
        return receipts.received(id, request.seq());
    }

    @Operation(summary = "How far the members have come; in large conversations only oneself")
    @GetMapping(Routes.RECEIPTS)
    Mono<ReceiptList> list(@PathVariable UUID id) {
        return receipts.list(id);
    }
}
