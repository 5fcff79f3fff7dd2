package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.LogId;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageLog.BatchRefused;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** PostgreSQL hands out the rows of a statement before it commits: they are no answer yet. */
@Tag("write-4")
class CommitIT {
    /** Fails while committing, when all rows have been sent. */
    private static final String REFUSES_AT_COMMIT = """
            create function refuse_at_commit() returns trigger language plpgsql as $$
            begin
                raise exception 'not this one' using errcode = 'check_violation';
            end;
            $$;
            create constraint trigger refuse_at_commit after insert on messages deferrable initially deferred
                for each row when (new.body = 'refused while it is committed')
                execute function refuse_at_commit()
            """;

    private static final String AS_BEFORE =
            "drop trigger if exists refuse_at_commit on messages; drop function if exists refuse_at_commit";

    private final World world = new World(Node.first());
    private final UserId owner = world.user();
    private final ConversationId conversation = world.group(owner);

    @Test
    void aRowThatComesBeforeTheCommitIsNoAnswer() throws SQLException {
        long head = world.head(LogId.of(conversation));
        Send refused = send(conversation, owner, "refused while it is committed");

        Planted.during(REFUSES_AT_COMMIT, AS_BEFORE, () -> {
            assertThat(rows(refused)).as("the database has answered").isOne();
            StepVerifier.create(world.log.append(List.of(refused)).subscribeOn(Schedulers.parallel()))
                    .expectError(BatchRefused.class)
                    .verify(TIMEOUT);
        });

        assertThat(world.head(LogId.of(conversation))).isEqualTo(head);
        assertThat(((Done) world.append(refused)).appended()).isTrue();
        world.isWhole(conversation);
    }

    /** How many rows come for who does not wait for the end. */
    private long rows(Send command) {
        return new MessageBatch(List.of(command))
                .bind(world.client.sql(MessageSql.APPEND))
                .map(row -> true)
                .all()
                .onErrorComplete()
                .count()
                .subscribeOn(Schedulers.parallel())
                .blockOptional(TIMEOUT)
                .orElseThrow();
    }
}
