package io.parley.app.live;

import io.parley.api.ClientFrame;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.domain.auth.Caller;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.LogWriter;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageId;
import io.parley.domain.user.UserId;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/** What the tests of live connections work with: people, their clients, and the store behind the server's back. */
final class LiveBench {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Queue<LiveClient> opened = new ConcurrentLinkedQueue<>();
    private final Node node;
    private final JsonMapper json;
    private final TokenIssuer issuer;
    private final LogWriter writer;
    private final DatabaseClient database;

    LiveBench(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        this.node = node;
        this.json = json;
        this.issuer = issuer;
        this.writer = writer;
        this.database = DatabaseClient.create(store);
    }

    Node node() {
        return node;
    }

    JsonMapper json() {
        return json;
    }

    Person person() {
        return Person.on(node);
    }

    LiveClient open(Replica replica, Function<Wire.Listener, Wire> transport) {
        LiveClient client = new LiveClient(json, replica, transport);
        opened.add(client);
        return client;
    }

    void closeAll() {
        opened.forEach(client -> client.wire().cut());
        opened.clear();
    }

    /** A token of this person's session that is good for so long. */
    String token(Person person, Duration goodFor) {
        return token(person, Instant.now().plus(goodFor).truncatedTo(ChronoUnit.SECONDS));
    }

    String token(Person person, Instant until) {
        Caller caller = new Caller(
                new UserId(person.id()), new SessionId(person.signedIn().sessionId()), until);
        return issuer.issue(caller).block(Node.TIMEOUT).value();
    }

    /** Past every limit of rate, many at once. */
    void flood(Person sender, UUID conversation, int messages, IntFunction<String> text) {
        Flux.range(0, messages)
                .map(number -> send(sender, conversation, text.apply(number)))
                .flatMapSequential(
                        command -> writer.lane(command.conversation()).write(command), 64, 1)
                .blockLast(LONG);
    }

    private static Send send(Person sender, UUID conversation, String text) {
        return new Send(
                new ConversationId(conversation),
                new UserId(sender.id()),
                new MessageId(UUID.randomUUID()),
                new ClientMessageId(UUID.randomUUID()),
                new MessageBody(text),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    void sql(String statement, Map<String, ?> values) {
        bound(statement, values).fetch().rowsUpdated().block(LONG);
    }

    long number(String query, Map<String, ?> values) {
        return bound(query, values).mapValue(Long.class).one().block(LONG);
    }

    private DatabaseClient.GenericExecuteSpec bound(String statement, Map<String, ?> values) {
        DatabaseClient.GenericExecuteSpec spec = database.sql(statement);
        for (Map.Entry<String, ?> value : values.entrySet()) {
            spec = spec.bind(value.getKey(), value.getValue());
        }
        return spec;
    }

    static ClientFrame.Send send(LiveClient client, UUID conversation, String text) {
        return new ClientFrame.Send(client.ref(), conversation, UUID.randomUUID(), text);
    }

    /** What it is told for, if it is an error. */
    static String code(ServerFrame answer) {
        return answer instanceof ServerFrame.Failure failure ? failure.problem().code() : "none: " + answer;
    }
}
