package io.parley.loadtests.check.workload;

import io.parley.api.AddMember;
import io.parley.api.EditMessage;
import io.parley.api.MarkRead;
import io.parley.api.MarkReceived;
import io.parley.api.MessageView;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.client.ParleyClient;
import io.parley.api.client.ProblemException;
import io.parley.loadtests.check.history.Actor;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.History;
import io.parley.loadtests.check.history.Verb;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Asks some node for something outside a live line, over REST or by an RSocket request, and writes down what became of it. */
final class Asking {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final History history;
    private final Rest rest;
    private final Person person;
    private final String device;

    Asking(History history, Rest rest, Person person, String device) {
        this.history = history;
        this.rest = rest;
        this.person = person;
        this.device = device;
    }

    Result overRest(Door door, Call call) {
        long op = begin(door, "rest", call);
        Rest.Answer answer = rest.ask(door, method(call.verb()), path(call), body(call), person.token(door));
        return end(op, Result.of(call.verb(), answer));
    }

    /** Only sends. */
    Result overRSocket(Door door, Call call) {
        long op = begin(door, "rsocket-request", call);
        return end(op, request(door, call));
    }

    private Result request(Door door, Call call) {
        SendMessage message = new SendMessage(
                call.conversation(), Objects.requireNonNull(call.key()), Objects.requireNonNull(call.text()));
        try {
            MessageView stored = ParleyClient.connect(door.rsocket(), Mono.just(person.token(door)))
                    .flatMap(client -> client.send(message).doFinally(end -> client.close()))
                    .block(ANSWER_WITHIN);
            return Result.ok(Objects.requireNonNull(stored));
        } catch (ProblemException problem) {
            return Result.refused(problem.problem().status(), problem.problem().code());
        } catch (RuntimeException broken) {
            return Result.unknown(broken.toString());
        }
    }

    private long begin(Door door, String via, Call call) {
        long op = history.number();
        Actor actor = new Actor(person.id(), device, door.node(), via);
        history.add(at -> new Event.Invoked(at, op, actor, call));
        return op;
    }

    private Result end(long op, Result result) {
        history.add(at -> result.end(at, op));
        return result;
    }

    private static String method(Verb verb) {
        return switch (verb) {
            case SEND, ADD, LEAVE -> "POST";
            case EDIT -> "PATCH";
            case DELETE, REMOVE -> "DELETE";
            case READ, RECEIVED -> "PUT";
            case PAGE -> "GET";
        };
    }

    private static String path(Call call) {
        String route =
                switch (call.verb()) {
                    case SEND, PAGE -> Routes.MESSAGES;
                    case EDIT, DELETE -> Routes.MESSAGE.replace("{messageId}", "" + call.message());
                    case READ -> Routes.READ;
                    case RECEIVED -> Routes.RECEIVED;
                    case ADD -> Routes.MEMBERS;
                    case REMOVE -> Routes.MEMBER.replace("{userId}", "" + call.user());
                    case LEAVE -> Routes.CONVERSATION_LEAVE;
                };
        String path = route.replace("{id}", call.conversation().toString());
        if (call.verb() != Verb.PAGE) {
            return path;
        }
        return path + "?limit=" + call.limit() + (call.seq() == null ? "" : "&after=" + call.seq());
    }

    private static @Nullable Object body(Call call) {
        return switch (call.verb()) {
            case SEND -> new SendMessage(call.conversation(), key(call), Objects.requireNonNull(call.text()));
            case EDIT -> new EditMessage(Objects.requireNonNull(call.text()));
            case READ -> new MarkRead(Objects.requireNonNull(call.seq()));
            case RECEIVED -> new MarkReceived(Objects.requireNonNull(call.seq()));
            case ADD -> new AddMember(Objects.requireNonNull(call.user()));
            default -> null;
        };
    }

    private static UUID key(Call call) {
        return Objects.requireNonNull(call.key());
    }
}
