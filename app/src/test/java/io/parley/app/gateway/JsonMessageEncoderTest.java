package io.parley.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.domain.live.EncodedChange;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonMessageEncoderTest {
    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void theBytesOfAChangeDecodeToTheStateThatWasStored() {
        Message message = new Message(
                7,
                new MessageId(UUID.randomUUID()),
                new ClientMessageId(UUID.randomUUID()),
                new MessageBody("\"quoted\" \uD83D\uDC4B"),
                Instant.parse("2024-02-29T23:59:59.123456Z"));

        EncodedChange change = new JsonMessageEncoder(json).encode(message);
        ServerFrame.Change frame = (ServerFrame.Change) json.readValue(change.wire(), ServerFrame.class);

        assertThat(change.offset()).isEqualTo(7);
        assertThat(change.logId()).isEqualTo(frame.logId()).isEqualTo("lobby");
        assertThat(frame.message())
                .isEqualTo(new MessageView(
                        7,
                        message.id().value(),
                        message.clientMessageId().value(),
                        message.body().text(),
                        message.postedAt()));
    }
}
