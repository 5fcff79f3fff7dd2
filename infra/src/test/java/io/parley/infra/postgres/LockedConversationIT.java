package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.message.LogWriter;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A conversation whose row somebody else has locked does not hold up its lane; calls are counted, not time. */
class LockedConversationIT {
    private static final int OTHERS = 20;
    private static final int EACH = 10;

    private final World world = new World(Node.first());
    private final UserId sender = world.user();
    private final List<ConversationId> oneLane = Stream.generate(() -> world.group(sender))
            .filter(id -> Math.floorMod(id.hashCode(), LogWriter.LANES) == 0)
            .limit(OTHERS + 1)
            .toList();
    private final ConversationId locked = oneLane.get(0);
    private final Queue<List<MessageCommand>> calls = new ConcurrentLinkedQueue<>();

    @Test
    @Tag("write-3")
    void theOthersOfItsLaneAreWrittenAtOnceAndItsOwnAreRefusedTogether() {
        List<String> answers = Writing.with(
                batch -> {
                    calls.add(batch);
                    return world.log.append(batch);
                },
                writer -> world.during(
                                "select 1 from conversations where id = $1 for update", locked.value(), all(writer))
                        .block(TIMEOUT));

        assertThat(answers.stream().filter(ErrorCode.STORE_BUSY.name()::equals)).hasSize(EACH);
        assertThat(answers.stream().filter("stored"::equals)).hasSize(OTHERS * EACH);
        // The first command finds an idle lane; the rest go together, twice without the one that is locked.
        assertThat(calls).hasSizeLessThanOrEqualTo(8);
        assertThat(calls.stream()
                        .filter(LockedConversationIT::isOfOneConversation)
                        .filter(batch -> batch.get(0).conversation().equals(locked)))
                .hasSizeLessThanOrEqualTo(2);
        oneLane.forEach(world::isWhole);
    }

    private static boolean isOfOneConversation(List<MessageCommand> batch) {
        Set<ConversationId> conversations =
                batch.stream().map(MessageCommand::conversation).collect(Collectors.toSet());
        return conversations.size() == 1;
    }

    /** All at once, by turns; the one that is locked comes first. */
    private Mono<List<String>> all(LogWriter writer) {
        List<MessageCommand> commands = IntStream.range(0, EACH)
                .boxed()
                .flatMap(i -> oneLane.stream().map(id -> (MessageCommand) send(id, sender, "text " + i)))
                .toList();
        return Flux.fromIterable(commands)
                .flatMap(
                        command -> writer.lane(command.conversation())
                                .write(command)
                                .thenReturn("stored")
                                .onErrorResume(
                                        Unavailable.class,
                                        error -> Mono.just(error.code().name())),
                        commands.size())
                .collectList();
    }
}
