package io.parley.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ChangesPage;
import io.parley.api.PersonalView;
import io.parley.api.Problem;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What people keep for themselves, over HTTP. */
@ServerTest
class PrivateHttpIT {
    private static final ParameterizedTypeReference<Map<String, String>> TEXTS = new ParameterizedTypeReference<>() {};

    private final Person ann;
    private final Person ben;
    private final UUID here;

    PrivateHttpIT(Node node) {
        this.ann = Person.on(node);
        this.ben = Person.on(node);
        this.here = ann.direct(ben);
    }

    @Test
    void preferencesAreMergedAndNullRemoves() {
        assertThat(texts(ann.http().get().uri(Routes.PREFERENCES).exchange())).isEmpty();

        patch(Routes.PREFERENCES, "{\"theme\":\"dark\",\"lang\":\"en\"}");
        Map<String, String> after = texts(patch(Routes.PREFERENCES, "{\"theme\":null,\"size\":\"7\"}"));

        assertThat(after).isEqualTo(Map.of("lang", "en", "size", "7"));
        assertThat(texts(ann.http().get().uri(Routes.PREFERENCES).exchange())).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Theme":"dark"}      | preferences.invalid
            {"":"dark"}           | preferences.invalid
            {"a":"x\\u0000"}       | preferences.invalid
            {"a":{"b":"c"}}       | request.malformed
            {"a":["b"]}           | request.malformed
            []                    | request.malformed
            """)
    void preferencesThatCannotBeAreRefused(String patch, String code) {
        refused(patch(Routes.PREFERENCES, patch), 400, code);
    }

    @Test
    void absentStaysNullUnmutesAndATimeMutes() {
        assertThat(personal(ann)).isEqualTo(new PersonalView(here, "all", null, false));

        patch(Routes.PERSONAL, "{\"notify\":\"nothing\",\"mutedUntil\":\"2040-01-01T00:00:00Z\"}");
        patch(Routes.PERSONAL, "{\"markedUnread\":true}");
        assertThat(personal(ann))
                .isEqualTo(new PersonalView(here, "nothing", Instant.parse("2040-01-01T00:00:00Z"), true));

        patch(Routes.PERSONAL, "{\"mutedUntil\":null}");
        assertThat(personal(ann)).isEqualTo(new PersonalView(here, "nothing", null, true));
        assertThat(personal(ben)).isEqualTo(new PersonalView(here, "all", null, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"notify\":\"sometimes\"}",
                "{\"notify\":1}",
                "{\"mutedUntil\":\"tomorrow\"}",
                "{\"mutedUntil\":7}",
                "{\"mutedUntil\":\"+999999999-01-01T00:00:00Z\"}",
                "{\"markedUnread\":\"yes\"}",
                "[]"
            })
    void wishesThatCannotBeAreRefused(String patch) {
        refused(patch(Routes.PERSONAL, patch), 400, "request.malformed");
    }

    @Test
    void aDraftHasTheRulesOfMessages() {
        refused(put("{\"text\":\"" + "x".repeat(4_001) + "\"}"), 400, "message.too-long");
        refused(put("{\"text\":\"a\\u0007\"}"), 400, "message.character");
        refused(put("{}"), 400, "request.malformed");
        put("{\"text\":\" so far \"}").expectStatus().isNoContent();

        ann.http().delete().uri(Routes.DRAFT, here).exchange().expectStatus().isNoContent();
        ann.http().delete().uri(Routes.DRAFT, here).exchange().expectStatus().isNoContent();
    }

    @Test
    void aNewDeviceLearnsAllOfItFromOnesOwnLog() {
        put("{\"text\":\" so far \"}").expectStatus().isNoContent();
        patch(Routes.PREFERENCES, "{\"theme\":\"dark\"}");
        patch(Routes.PERSONAL, "{\"markedUnread\":true}");

        ChangesPage page = ann.get(ChangesPage.class, Routes.MY_CHANGES);
        List<ServerFrame.Change> changes =
                page.changes().stream().map(ServerFrame.Change.class::cast).toList();

        assertThat(changes).extracting(ServerFrame.Change::offset).containsExactly(1L, 2L, 3L, 4L);
        assertThat(changes).extracting(ServerFrame.Change::logId).containsOnly(ann.id());
        assertThat(changes.get(0).membership().conversationId()).isEqualTo(here);
        assertThat(changes.get(1).draft().text()).isEqualTo("so far");
        assertThat(changes.get(2).preferences()).isEqualTo(Map.of("theme", "dark"));
        assertThat(changes.get(3).personal().markedUnread()).isTrue();
        assertThat(page.next()).isEqualTo(page.head()).isEqualTo(4);
        ChangesPage rest = ann.get(ChangesPage.class, Routes.MY_CHANGES + "?after=2&limit=1");
        assertThat(rest.changes()).containsExactly(changes.get(2));
        assertThat(ann.get(ChangesPage.class, Routes.MY_CHANGES + "?epoch=" + UUID.randomUUID())
                        .gap())
                .isTrue();
        assertThat(ben.get(ChangesPage.class, Routes.MY_CHANGES).changes()).hasSize(1);
        refused(ann.http().get().uri(Routes.MY_CHANGES + "?after=-1").exchange(), 400, "page.invalid");
    }

    @Test
    void whoIsNotInTheConversationFindsNothing() {
        UUID foreign = ben.group();
        for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.DELETE)) {
            refused(
                    ann.http()
                            .method(method)
                            .uri(Routes.DRAFT, foreign)
                            .contentType(MediaType.APPLICATION_JSON)
                            .bodyValue("{\"text\":\"so far\"}")
                            .exchange(),
                    404,
                    "conversation.unknown");
        }
        refused(ann.http().get().uri(Routes.PERSONAL, foreign).exchange(), 404, "conversation.unknown");
        refused(
                ann.http()
                        .patch()
                        .uri(Routes.PERSONAL, foreign)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{}")
                        .exchange(),
                404,
                "conversation.unknown");
    }

    private PersonalView personal(Person person) {
        return person.get(PersonalView.class, Routes.PERSONAL, here);
    }

    private ResponseSpec patch(String route, String json) {
        return ann.http()
                .patch()
                .uri(route.replace("{id}", here.toString()))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    private ResponseSpec put(String json) {
        return ann.http()
                .put()
                .uri(Routes.DRAFT, here)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    private static Map<String, String> texts(ResponseSpec answer) {
        return answer.expectStatus().isOk().expectBody(TEXTS).returnResult().getResponseBody();
    }

    private static void refused(ResponseSpec answer, int status, String code) {
        Problem problem = answer.expectStatus()
                .isEqualTo(status)
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody();
        assertThat(problem.code()).isEqualTo(code);
    }
}
