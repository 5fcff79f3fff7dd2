package io.parley.loadtests.bench.measure;

import io.netty.buffer.ByteBuf;
import io.parley.api.ServerFrame;
import io.parley.loadtests.bench.Stage;
import io.parley.loadtests.bench.seed.Group;
import io.parley.loadtests.bench.wire.Hearer;
import io.parley.loadtests.bench.wire.Kind;
import io.parley.loadtests.bench.wire.LiveClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * One more device of a member, who says something long and edits it again and again: more than sockets and kernels hold, of
 * which only the last counts, so that whoever was behind is told to catch up.
 */
final class Editor implements Hearer, AutoCloseable {
    private static final int TIMES = 40;
    private static final int ANSWER_WITHIN_SECONDS = 20;

    /** 16 KiB on the wire. */
    private static final String LONG_TEXT = "\uD83D\uDE80".repeat(3_990);

    private final UUID conversation;
    private final LiveClient client;
    private volatile CompletableFuture<UUID> answer = new CompletableFuture<>();

    Editor(Stage stage, Group group, int member) {
        conversation = group.conversation();
        client = stage.wire()
                .connect(stage.node(), List.of(group.access().get(member)), this)
                .get(0);
    }

    void fill() {
        client.send(conversation, UUID.randomUUID(), LONG_TEXT);
        UUID message = answered();
        for (int i = 1; i < TIMES; i++) {
            client.edit(conversation, message, LONG_TEXT + i);
            answered();
        }
    }

    private UUID answered() {
        UUID message = answer.orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).join();
        answer = new CompletableFuture<>();
        return message;
    }

    @Override
    public void heard(LiveClient speaker, Kind kind, ByteBuf buffer, int index, int length) {
        if (kind == Kind.ACK) {
            String frame = buffer.toString(index, length, StandardCharsets.UTF_8);
            ServerFrame.Ack ack = (ServerFrame.Ack) JsonMapper.shared().readValue(frame, ServerFrame.class);
            answer.complete(ack.message().id());
        } else if (kind == Kind.ERROR) {
            answer.completeExceptionally(
                    new IllegalStateException(buffer.toString(index, length, StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void close() {
        client.cut();
    }
}
