package io.parley.app.planted;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisClient;
import io.r2dbc.spi.ConnectionFactory;
import reactor.kafka.receiver.KafkaReceiver;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Breaks five rules on purpose. */
@SuppressWarnings("unused")
public final class KnowsEveryTechnology {
    private KafkaReceiver<String, String> kafka;
    private RedisClient redis;
    private ConnectionFactory postgres;
    private S3AsyncClient s3;
    private ObjectMapper jackson;
}
