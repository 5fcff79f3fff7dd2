package io.parley.app.http;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ConversationEntry;
import io.parley.api.EditMessage;
import io.parley.api.Headers;
import io.parley.api.MarkRead;
import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.api.Problem;
import io.parley.api.ReadPositionView;
import io.parley.api.RequestUpload;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.UploadView;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;

@ServerTest
class MessagesHttpIT {
    private final Node node;
    private final Person ann;
    private final Person ben;
    private final UUID here;

    MessagesHttpIT(Node node) {
        this.node = node;
        this.ann = Person.on(node);
        this.ben = Person.on(node);
        this.here = ann.group(ben);
    }

    @Test
    void whatIsSaidIsReadByTheOthers() {
        MessageView said = ann.say(here, " hello\r\nworld ");

        assertThat(said.text()).isEqualTo("hello\nworld");
        assertThat(said.seq()).isEqualTo(1);
        assertThat(said.senderId()).isEqualTo(ann.id());
        assertThat(said.conversationId()).isEqualTo(here);
        assertThat(ben.get(MessagePage.class, Routes.MESSAGES, here).messages()).containsExactly(said);
        assertThat(ben.get(MessageView.class, Routes.MESSAGE, here, said.id())).isEqualTo(said);
    }

    @Test
    @Tag("always-4")
    void aRepeatedClientMessageIdYieldsTheFirstMessage() {
        UUID clientMessageId = UUID.randomUUID();

        assertThat(ann.say(here, clientMessageId, "once")).isEqualTo(ann.say(here, clientMessageId, "once"));
        assertThat(ben.say(here, clientMessageId, "another's").seq()).isEqualTo(2);
    }

    @Test
    void aRequestThatNamesAnotherConversationThanItsPathIsMalformed() {
        SendMessage request = new SendMessage(UUID.randomUUID(), UUID.randomUUID(), "where?");

        refused(ann.http().post().uri(Routes.MESSAGES, here).bodyValue(request), "request.malformed");
    }

    @Test
    void anEditIsSeenByAllAndADeletionLeavesATombstone() {
        MessageView said = ann.say(here, "frist");

        MessageView edited = answer(
                ann.http().patch().uri(Routes.MESSAGE, here, said.id()).bodyValue(new EditMessage("first")),
                MessageView.class);
        assertThat(edited.text()).isEqualTo("first");
        assertThat(edited.offset()).isGreaterThan(said.offset());
        assertThat(edited.editedAt()).isNotNull();
        assertThat(ben.get(MessageView.class, Routes.MESSAGE, here, said.id())).isEqualTo(edited);

        MessageView deleted = answer(ann.http().delete().uri(Routes.MESSAGE, here, said.id()), MessageView.class);
        assertThat(deleted.text()).isNull();
        assertThat(deleted.deletedAt()).isNotNull();
        assertThat(deleted.offset()).isGreaterThan(edited.offset());
        assertThat(answer(ann.http().delete().uri(Routes.MESSAGE, here, said.id()), MessageView.class))
                .isEqualTo(deleted);
        assertThat(ben.get(MessagePage.class, Routes.MESSAGES, here).messages()).containsExactly(deleted);
    }

    @Test
    void onlyTheSenderChangesAMessage() {
        UUID said = ann.say(here, "mine").id();

        refused(
                ben.http().patch().uri(Routes.MESSAGE, here, said).bodyValue(new EditMessage("yours")),
                "message.not-yours");
        refused(ben.http().delete().uri(Routes.MESSAGE, here, said), "message.not-yours");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "?limit=3, 5, 7, 5, -",
                "?limit=3&before=5, 2, 4, 2, 4",
                "?limit=3&before=2, 1, 1, -, 1",
                "?limit=3&after=0, 1, 3, -, 3",
                "?limit=3&after=4, 5, 7, 5, -",
                "?limit=3&around=4, 3, 5, 3, 5",
                "'', 1, 7, -, -"
            })
    void pagesOfTheHistoryKnowTheirNeighbours(String query, long first, long last, Long before, Long after) {
        IntStream.rangeClosed(1, 7).forEach(i -> ann.say(here, "message " + i));

        MessagePage page = ben.get(MessagePage.class, Routes.MESSAGES + query, here);

        assertThat(page.messages().stream().map(MessageView::seq))
                .isSorted()
                .startsWith(first)
                .endsWith(last);
        assertThat(page.messages()).hasSize((int) (last - first + 1));
        assertThat(page.before()).isEqualTo(before);
        assertThat(page.after()).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "before=0",
                "after=-1",
                "around=0",
                "before=1&after=1",
                "before=1&around=1",
                "after=1&around=1"
            })
    void aPageThatCannotBeIsRefused(String query) {
        refused(ann.http().get().uri(Routes.MESSAGES + "?" + query, here), "page.invalid");
    }

    @Test
    void readingMovesForwardsAndCountsWhatIsLeft() {
        IntStream.rangeClosed(1, 3).forEach(i -> ann.say(here, "message " + i));

        assertThat(entry(ben).unread()).isEqualTo(3);
        assertThat(entry(ann).unread()).isZero();
        assertThat(read(ben, 2)).isEqualTo(new ReadPositionView(2, 2, 1));
        assertThat(read(ben, 1)).isEqualTo(new ReadPositionView(2, 2, 1));
        assertThat(read(ben, 1_000)).isEqualTo(new ReadPositionView(3, 3, 0));
        assertThat(entry(ben).unread()).isZero();
        assertThat(entry(ben).lastReadSeq()).isEqualTo(3);
    }

    @Test
    void whoSpeaksHasReadWhatWasSaidBefore() {
        ann.say(here, "hello");
        ben.say(here, "hello to you");

        assertThat(entry(ben).unread()).isZero();
        assertThat(entry(ann).unread()).isEqualTo(1);
    }

    @Test
    void aFileGoesThroughTheSignedUrlsAndNotThroughTheServer() {
        UploadView upload = ann.http()
                .post()
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
        URI signed = ben.http()
                .get()
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
        node.http()
                .get()
                .uri(Routes.KEYS)
                .header(Headers.REQUEST_ID, "my-request.1")
                .exchange()
                .expectHeader()
                .valueEquals(Headers.REQUEST_ID, "my-request.1");
        Problem problem = node.http()
                .get()
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

    private ReadPositionView read(Person person, long seq) {
        return answer(person.http().put().uri(Routes.READ, here).bodyValue(new MarkRead(seq)), ReadPositionView.class);
    }

    private ConversationEntry entry(Person person) {
        return person.get(ConversationEntry.class, Routes.CONVERSATION, here);
    }

    private static <T> T answer(RequestHeadersSpec<?> request, Class<T> type) {
        return request.exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody();
    }

    private static void refused(RequestHeadersSpec<?> request, String code) {
        Problem problem =
                request.exchange().expectBody(Problem.class).returnResult().getResponseBody();
        assertThat(problem.code()).isEqualTo(code);
    }
}
