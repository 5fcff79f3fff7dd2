package io.parley.loadtests;

import io.parley.api.AddMember;
import io.parley.api.ConversationEntry;
import io.parley.api.Limits;
import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.api.NewConversation;
import io.parley.api.Problem;
import io.parley.api.Register;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.SignedInView;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one person does at one node over HTTP. Errors of all: {@link RefusedException} if the node refuses, {@code
 * UncheckedIOException} if it does not answer.
 */
public final class ParleyHttp {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final String PASSWORD = "correct horse";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client;
    private final URI node;
    private final @Nullable String token;

    ParleyHttp(HttpClient client, URI node, @Nullable String token) {
        this.client = client;
        this.node = node;
        this.token = token;
    }

    /** A new account, signed in; its handle begins like this. */
    public SignedInView register(String name) {
        String handle = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        return post(Routes.REGISTER, new Register(handle, PASSWORD, null, null), SignedInView.class);
    }

    /** Ends the session. */
    public void signOut() {
        accepted(ask("POST", Routes.SIGN_OUT, null));
    }

    /** A new group with these members besides who opens it. */
    public ConversationEntry openGroup(String title, List<UUID> members) {
        NewConversation group = new NewConversation("group", null, UUID.randomUUID(), title, null, members);
        return post(Routes.CONVERSATIONS, group, ConversationEntry.class);
    }

    public void addMember(UUID conversation, UUID user) {
        accepted(ask("POST", of(Routes.MEMBERS, conversation), new AddMember(user)));
    }

    public void removeMember(UUID conversation, UUID user) {
        accepted(ask("DELETE", of(Routes.MEMBER, conversation).replace("{userId}", user.toString()), null));
    }

    /** A new message, acknowledged. */
    public MessageView send(UUID conversation, String text) {
        return send(conversation, UUID.randomUUID(), text);
    }

    /** The message with this client message id, acknowledged. */
    public MessageView send(UUID conversation, UUID clientMessageId, String text) {
        return JSON.readValue(
                accepted(answerTo(conversation, clientMessageId, text)).body(), MessageView.class);
    }

    /** The answer to a message, whatever it is. */
    public HttpResponse<String> answerTo(UUID conversation, UUID clientMessageId, String text) {
        return ask("POST", of(Routes.MESSAGES, conversation), new SendMessage(conversation, clientMessageId, text));
    }

    /** All messages, by rising seq. */
    public List<MessageView> history(UUID conversation) {
        List<MessageView> all = new ArrayList<>();
        Long after = 0L;
        while (after != null) {
            MessagePage page = page(conversation, after);
            all.addAll(page.messages());
            after = page.after();
        }
        return all;
    }

    private MessagePage page(UUID conversation, long after) {
        String path = of(Routes.MESSAGES, conversation) + "?after=" + after + "&limit=" + Limits.MAX_PAGE;
        return JSON.readValue(accepted(ask("GET", path, null)).body(), MessagePage.class);
    }

    /** The answer, whatever it is. Errors: {@code UncheckedIOException} if there is none. */
    public HttpResponse<String> ask(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(path)).timeout(ANSWER_WITHIN);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        return Exchange.text(client, request.build());
    }

    private <T> T post(String path, Object body, Class<T> answer) {
        return JSON.readValue(accepted(ask("POST", path, body)).body(), answer);
    }

    private static String of(String route, UUID conversation) {
        return route.replace("{id}", conversation.toString());
    }

    private static HttpResponse<String> accepted(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new RefusedException(JSON.readValue(answer.body(), Problem.class));
        }
        return answer;
    }
}
