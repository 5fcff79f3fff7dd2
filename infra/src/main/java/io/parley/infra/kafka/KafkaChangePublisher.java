package io.parley.infra.kafka;

import io.parley.domain.live.ChangePublisher;
import io.parley.domain.live.EncodedChange;
import io.parley.domain.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.SenderResult;

/** Sends offered changes to Kafka, from a bounded queue that outlives restarts of the pipeline. */
final class KafkaChangePublisher implements ChangePublisher, Pipeline {
    static final int QUEUE = 1_024;

    private static final Logger log = LoggerFactory.getLogger(KafkaChangePublisher.class);

    private final Sinks.Many<EncodedChange> queue = Sinks.many().multicast().onBackpressureBuffer(QUEUE, false);
    private final KafkaClients clients;

    KafkaChangePublisher(KafkaClients clients) {
        this.clients = clients;
    }

    @Override
    public boolean offer(EncodedChange change) {
        EmitResult result;
        do {
            result = queue.tryEmitNext(change);
            // Another thread is offering at this very moment: it is done within nanoseconds.
        } while (result == EmitResult.FAIL_NON_SERIALIZED);
        if (result.isFailure()) {
            logLoss(change, result.toString());
        }
        return result.isSuccess();
    }

    @Override
    public String name() {
        return "change publisher";
    }

    @Override
    public Mono<Void> run() {
        return Flux.using(() -> KafkaSender.create(clients.sender()), this::send, KafkaSender::close)
                .then();
    }

    private Flux<SenderResult<EncodedChange>> send(KafkaSender<String, byte[]> sender) {
        return sender.send(queue.asFlux().map(KafkaChangePublisher::record)).doOnNext(KafkaChangePublisher::logFailure);
    }

    private static SenderRecord<String, byte[], EncodedChange> record(EncodedChange change) {
        byte[] offset = String.valueOf(change.offset()).getBytes(StandardCharsets.US_ASCII);
        List<Header> headers = List.of(new RecordHeader(KafkaChangeFeed.OFFSET, offset));
        return SenderRecord.create(
                new ProducerRecord<>(ChangesTopic.NAME, null, null, change.logId(), change.wire(), headers), change);
    }

    private static void logFailure(SenderResult<EncodedChange> result) {
        @Nullable Exception failure = result.exception();
        if (failure != null) {
            logLoss(result.correlationMetadata(), failure.toString());
        }
    }

    private static void logLoss(EncodedChange change, String reason) {
        log.atWarn()
                .addKeyValue("logId", change.logId())
                .addKeyValue("offset", change.offset())
                .log("change stored and not published: {}", reason);
    }
}
