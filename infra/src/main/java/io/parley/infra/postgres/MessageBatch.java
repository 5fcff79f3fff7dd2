package io.parley.infra.postgres;

import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageCommand.Delete;
import io.parley.domain.message.MessageCommand.Edit;
import io.parley.domain.message.MessageCommand.Send;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** A batch of commands as the parallel arrays that the database takes: one call, however many there are. */
final class MessageBatch {
    private final String[] ops;
    private final UUID[] conversations;
    private final UUID[] actors;
    private final UUID[] ids;
    private final @Nullable UUID[] clientIds;
    private final @Nullable String[] bodies;
    private final Instant[] ats;

    MessageBatch(List<MessageCommand> commands) {
        int size = commands.size();
        ops = new String[size];
        conversations = new UUID[size];
        actors = new UUID[size];
        ids = new UUID[size];
        clientIds = new UUID[size];
        bodies = new String[size];
        ats = new Instant[size];
        for (int i = 0; i < size; i++) {
            put(i, commands.get(i));
        }
    }

    GenericExecuteSpec bind(GenericExecuteSpec statement) {
        return statement
                .bind("ops", ops)
                .bind("conversations", conversations)
                .bind("actors", actors)
                .bind("ids", ids)
                .bind("clientIds", clientIds)
                .bind("bodies", bodies)
                .bind("ats", ats);
    }

    private void put(int i, MessageCommand command) {
        conversations[i] = command.conversation().value();
        actors[i] = command.actor().value();
        ats[i] = command.at();
        if (command instanceof Send send) {
            ops[i] = "send";
            ids[i] = send.id().value();
            clientIds[i] = send.clientMessageId().value();
            bodies[i] = send.body().text();
        } else if (command instanceof Edit edit) {
            ops[i] = "edit";
            ids[i] = edit.id().value();
            bodies[i] = edit.body().text();
        } else if (command instanceof Delete delete) {
            ops[i] = "delete";
            ids[i] = delete.id().value();
        }
    }
}
