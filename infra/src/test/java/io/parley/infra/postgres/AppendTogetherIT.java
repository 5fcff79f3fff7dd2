package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.again;
import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.edit;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageOutcome;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.message.MessageOutcome.Refused;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is written in one statement comes to the same as item by item: in each answer and in what is stored. */
class AppendTogetherIT {
    private final World world = new World(Node.first());
    private final UserId owner = world.user();
    private final UserId member = world.user();
    private final UserId silent = world.user();
    private final UserId stranger = world.user();

    @Test
    void whatPeopleSay() {
        isTheSame(id -> List.of(
                send(id, owner, "one"), send(id, member, "two"), send(id, owner, "three"), send(id, owner, "four")));
    }

    @Test
    void whatIsRefusedAndWhatIsRepeated() {
        isTheSame(id -> {
            Send first = send(id, owner, "first");
            Done second = world.sent(id, member, "second");
            Send reused = send(id, owner, "the id of this one comes again");
            world.append(first);
            world.append(reused);
            world.append(edit(second, member, "second, edited"));
            return List.of(
                    again(first),
                    send(id, stranger, "nobody hears it"),
                    send(id, member, "third"),
                    other(reused),
                    send(id, owner, "fourth"),
                    new Send(
                            id,
                            member,
                            send(id, member, "x").id(),
                            second.change().message().clientMessageId(),
                            second.change().message().body(),
                            World.now()));
        });
    }

    @Test
    void whatIsMixedWithOtherConversationsOnes() {
        ConversationId busy = world.group(owner, member);
        Done old = world.sent(busy, owner, "old");
        isTheSame(id -> List.of(
                send(id, owner, "one"),
                edit(old, owner, "edited in " + id.value()),
                send(id, member, "two"),
                send(busy, owner, "said after the edit"),
                send(new ConversationId(UUID.randomUUID()), owner, "nowhere"),
                send(id, owner, "three")));
        world.isWhole(busy);
    }

    /** In a conversation all at once, and in one like it one by one. */
    private void isTheSame(Batch batch) {
        ConversationId together = world.group(owner, member, silent);
        ConversationId apart = world.group(owner, member, silent);

        List<MessageOutcome> atOnce = world.append(batch.in(together));
        List<MessageOutcome> oneByOne =
                batch.in(apart).stream().map(command -> world.append(command)).toList();

        assertThat(answers(atOnce, together)).isEqualTo(answers(oneByOne, apart));
        assertThat(standings(together)).isEqualTo(standings(apart));
        assertThat(outbox(together)).isEqualTo(outbox(apart));
        world.isWhole(together);
        world.isWhole(apart);
    }

    private List<String> answers(List<MessageOutcome> outcomes, ConversationId conversation) {
        List<String> told = new ArrayList<>();
        for (MessageOutcome outcome : outcomes) {
            if (outcome instanceof Refused refused) {
                told.add(refused.error().code().toString());
            } else if (outcome instanceof Done done
                    && done.change().message().conversation().equals(conversation)) {
                told.add(String.join(
                        " ",
                        String.valueOf(done.appended()),
                        String.valueOf(done.change().entry().offset()),
                        done.change().entry().reason().toString(),
                        String.valueOf(done.change().message().seq()),
                        done.change().message().sender().toString(),
                        String.valueOf(done.change().message().body()),
                        String.valueOf(done.change().message().editedAt() != null)));
            } else {
                told.add("another conversation's");
            }
        }
        return told;
    }

    private List<String> standings(ConversationId conversation) {
        return rows("""
                select concat_ws(' ', user_id, last_read_seq, last_read_count, last_delivered_seq)
                    from user_conversations where conversation_id = :id order by user_id
                """, conversation);
    }

    private List<String> outbox(ConversationId conversation) {
        return rows("""
                select concat_ws(' ', o.log_offset, o.kind, o.reason, m.seq, m.body)
                    from outbox o left join messages m on m.conversation_id = o.log_id and m.id = o.item
                    where o.log_id = :id order by o.log_offset
                """, conversation);
    }

    private List<String> rows(String sql, ConversationId conversation) {
        return await(world.client
                .sql(sql)
                .bind("id", conversation.value())
                .map(row -> row.get(0, String.class))
                .all());
    }

    /** With its client message id and another text. */
    private static Send other(Send first) {
        return new Send(
                first.conversation(),
                first.actor(),
                first.id(),
                first.clientMessageId(),
                send(first.conversation(), first.actor(), "something else").body(),
                first.at());
    }

    /** Commands of which those in the given conversation are compared. */
    private interface Batch {
        List<MessageCommand> in(ConversationId conversation);
    }
}
