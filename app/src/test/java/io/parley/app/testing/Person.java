package io.parley.app.testing;

import io.parley.api.AddMember;
import io.parley.api.ConversationEntry;
import io.parley.api.MessageView;
import io.parley.api.NewConversation;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.SignedInView;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Somebody who has registered, and talks to others over HTTP. */
public final class Person {
    private final SignedInView signedIn;
    private final WebTestClient http;

    private Person(Node node, SignedInView signedIn) {
        this.signedIn = signedIn;
        this.http = node.http(signedIn.accessToken());
    }

    /** Somebody new. */
    public static Person on(Node node) {
        return new Person(node, new Accounts(node).register());
    }

    public UUID id() {
        return signedIn.user().id();
    }

    public String token() {
        return signedIn.accessToken();
    }

    public SignedInView signedIn() {
        return signedIn;
    }

    public WebTestClient http() {
        return http;
    }

    /** The direct conversation with somebody. */
    public UUID direct(Person peer) {
        return open(new NewConversation("direct", peer.id(), null, null, null, null));
    }

    /** A new group. */
    public UUID group(Person... members) {
        return open(group("A group", "all", members));
    }

    /** A new channel. */
    public UUID channel() {
        return open(new NewConversation("channel", null, UUID.randomUUID(), "A channel", null, null));
    }

    public static NewConversation group(String title, String history, Person... members) {
        List<UUID> ids = Stream.of(members).map(Person::id).toList();
        return new NewConversation("group", null, UUID.randomUUID(), title, history, ids);
    }

    public UUID open(NewConversation request) {
        return http.post()
                .uri(Routes.CONVERSATIONS)
                .bodyValue(request)
                .exchange()
                .expectStatus()
                .is2xxSuccessful()
                .expectBody(ConversationEntry.class)
                .returnResult()
                .getResponseBody()
                .id();
    }

    public MessageView say(UUID conversation, String text) {
        return say(conversation, UUID.randomUUID(), text);
    }

    public MessageView say(UUID conversation, UUID clientMessageId, String text) {
        return http.post()
                .uri(Routes.MESSAGES, conversation)
                .bodyValue(new SendMessage(null, clientMessageId, text))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(MessageView.class)
                .returnResult()
                .getResponseBody();
    }

    /** Asks to take somebody into a conversation. */
    public WebTestClient.ResponseSpec add(UUID conversation, Person member) {
        return http.post()
                .uri(Routes.MEMBERS, conversation)
                .bodyValue(new AddMember(member.id()))
                .exchange();
    }

    /** Asks to take somebody out of a conversation. */
    public WebTestClient.ResponseSpec remove(UUID conversation, Person member) {
        return http.delete().uri(Routes.MEMBER, conversation, member.id()).exchange();
    }

    /** What is there, for this person. */
    public <T> T get(Class<T> type, String route, Object... variables) {
        return http.get()
                .uri(route, variables)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody();
    }
}
