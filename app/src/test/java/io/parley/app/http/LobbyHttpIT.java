package io.parley.app.http;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Headers;
import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.api.PostMessage;
import io.parley.api.Problem;
import io.parley.api.RequestUpload;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.api.UploadView;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

@ServerTest
class LobbyHttpIT {
    private final WebTestClient http;
    private final JsonMapper json;

    LobbyHttpIT(Node node, JsonMapper json) {
        this.http = node.http();
        this.json = json;
    }

    @Test
    void aPostedMessageIsInTheHistoryAndHasAPlaceOfItsOwn() {
        MessageView posted = post(UUID.randomUUID(), "hello");

        MessagePage newest = history("?limit=1");
        assertThat(newest.messages()).containsExactly(posted);
        http.get()
                .uri(Routes.LOBBY_MESSAGE, posted.id())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(MessageView.class)
                .isEqualTo(posted);
    }

    @Test
    void aRepeatedClientMessageIdYieldsTheFirstMessage() {
        UUID clientMessageId = UUID.randomUUID();

        assertThat(post(clientMessageId, "once")).isEqualTo(post(clientMessageId, "once"));
    }

    @Test
    void pagesOfTheHistoryJoinWithoutHoleOrOverlap() {
        long last = IntStream.range(0, 7)
                .mapToLong(i -> post(UUID.randomUUID(), "page " + i).offset())
                .max()
                .orElseThrow();

        MessagePage newer = history("?limit=3");
        MessagePage older = history("?limit=3&before=" + newer.before());
        assertThat(Flux.concat(Flux.fromIterable(newer.messages()), Flux.fromIterable(older.messages()))
                        .map(MessageView::offset)
                        .toIterable())
                .containsExactly(last, last - 1, last - 2, last - 3, last - 4, last - 5);
        assertThat(history("?before=1").before()).isNull();
    }

    @Test
    void whoFollowsGetsTheChangeAsAnEvent() {
        Flux<ServerSentEvent<String>> events = http.get()
                .uri(Routes.LOBBY_LIVE)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody();
        UUID clientMessageId = UUID.randomUUID();

        StepVerifier.create(events.filter(event -> "change".equals(event.event()))
                        .map(event -> json.readValue(event.data(), ServerFrame.Change.class))
                        .filter(change -> change.message().clientMessageId().equals(clientMessageId)))
                .then(() -> post(clientMessageId, "live"))
                .assertNext(change -> {
                    assertThat(change.message().text()).isEqualTo("live");
                    assertThat(change.offset()).isEqualTo(change.message().offset());
                })
                .thenCancel()
                .verify(TIMEOUT);
    }

    @Test
    void aFileGoesThroughTheSignedUrlsAndNotThroughTheServer() {
        UploadView upload = http.post()
                .uri(Routes.FILES)
                .bodyValue(new RequestUpload("text/plain", 5))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(UploadView.class)
                .returnResult()
                .getResponseBody();
        WebTestClient store =
                WebTestClient.bindToServer().responseTimeout(TIMEOUT).build();

        store.put()
                .uri(upload.url())
                .headers(headers -> upload.headers().forEach(headers::set))
                .bodyValue("12345".getBytes(StandardCharsets.US_ASCII))
                .exchange()
                .expectStatus()
                .isOk();
        URI signed = http.get()
                .uri(Routes.FILE, upload.id())
                .exchange()
                .expectStatus()
                .isFound()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getLocation();
        store.get()
                .uri(signed)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("12345");
    }

    @Test
    void aRequestIdThatIsFitForALogComesBackAndAnotherIsReplaced() {
        http.get()
                .uri(Routes.LOBBY_MESSAGES)
                .header(Headers.REQUEST_ID, "my-request.1")
                .exchange()
                .expectHeader()
                .valueEquals(Headers.REQUEST_ID, "my-request.1");

        Problem problem = http.get()
                .uri("/assets/none")
                .header(Headers.REQUEST_ID, "not fit \u00e9")
                .exchange()
                .expectHeader()
                .value(Headers.REQUEST_ID, id -> assertThat(id).matches("[0-9a-f-]{36}"))
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody();
        assertThat(problem.requestId()).matches("[0-9a-f-]{36}");
    }

    private MessageView post(UUID clientMessageId, String text) {
        return http.post()
                .uri(Routes.LOBBY_MESSAGES)
                .bodyValue(new PostMessage(clientMessageId, text))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(MessageView.class)
                .returnResult()
                .getResponseBody();
    }

    private MessagePage history(String query) {
        return http.get()
                .uri(Routes.LOBBY_MESSAGES + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(MessagePage.class)
                .returnResult()
                .getResponseBody();
    }
}
