package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ChangesPage;
import io.parley.api.Problem;
import io.parley.api.Routes;
import io.parley.app.live.LogLine.Position;
import io.parley.app.testing.Node;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.LogWriter;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** One log as server-sent events: who comes back says with {@code Last-Event-ID} where it stood. */
class LogEventsIT extends LogStreamOverHttp {
    private final Map<LogLine, HttpLines> events = new ConcurrentHashMap<>();

    LogEventsIT(Node node, JsonMapper json, TokenIssuer issuer, LogWriter writer, ConnectionPool store) {
        super(node, json, issuer, writer, store);
    }

    @Override
    LogLine open(String token, UUID log, Position from, boolean follow) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Accept", "text/event-stream");
        if (from.eventId() != null) {
            headers.put("Last-Event-ID", from.eventId());
        }
        return open(log, from.after(), "&follow=" + follow, headers);
    }

    @Override
    void opened(LogLine line, HttpLines lines) {
        events.put(line, lines);
    }

    /** What it asked for at first means nothing then. */
    @Override
    Position position(LogLine line) {
        String id = events.get(line).lastEventId();
        long offset = Long.parseLong(id.substring(id.indexOf(':') + 1));
        assertThat(offset).isEqualTo(line.offset());
        return new Position(null, offset, id);
    }

    @Test
    void eachEventSaysHowFarItsReaderIsThen() {
        UUID epoch = ada().get(ChangesPage.class, Routes.CHANGES, group()).epoch();
        LogLine line = follow(bob(), group(), at(head())).live();
        assertThat(events.get(line).lastEventId()).isEqualTo(epoch + ":" + head());

        ada().say(group(), "hello");
        line.until("the message", () -> !line.texts().isEmpty());

        assertThat(events.get(line).lastEventId()).isEqualTo(epoch + ":" + head());
    }

    @Test
    void whoIsSentAwayLearnsWhenToComeBack() {
        LogLine line = open(bench().token(bob(), Duration.ofSeconds(2)), group(), at(head()), true)
                .flowing()
                .live();

        line.ending();

        assertThat(events.get(line).retry()).isEqualTo("retry: 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "text/event-stream    | limit=10            | -       | page.invalid",
                "application/x-ndjson | limit=10            | -       | page.invalid",
                "text/event-stream    | after=-1            | -       | page.invalid",
                "text/event-stream    | after=-1&follow=true| -       | page.invalid",
                "text/event-stream    | after=one           | -       | request.malformed",
                "text/event-stream    | epoch=here          | -       | request.malformed",
                "text/event-stream    | follow=true         | 7       | request.malformed",
                "text/event-stream    | follow=true         | here:7  | request.malformed",
                "application/json     | follow=true         | -       | request.unsupported",
                "*/*                  | follow=true         | -       | request.unsupported",
                "image/png            | follow=true         | -       | request.unsupported"
            })
    void whatCannotBeIsRefused(String accept, String query, String lastEventId, String code) {
        var request =
                bob().http().get().uri(Routes.CHANGES + "?" + query, group()).header("Accept", accept);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }

        Problem problem = request.exchange()
                .expectHeader()
                .contentType(Problem.MEDIA_TYPE)
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody();

        assertThat(problem.code()).isEqualTo(code);
    }

    @Test
    void onesOwnLogIsNoConversation() {
        for (String accept : new String[] {"text/event-stream", "application/x-ndjson"}) {
            Problem problem = bob().http()
                    .get()
                    .uri(Routes.CHANGES, bob().id())
                    .header("Accept", accept)
                    .exchange()
                    .expectBody(Problem.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(problem.code()).isEqualTo(ErrorCode.CONVERSATION_UNKNOWN.wireName());
        }
    }

    @Test
    void whoDoesNotSayWhatItTakesGetsAPage() {
        assertThat(bob().http()
                        .get()
                        .uri(Routes.CHANGES, group())
                        .header("Accept", "*/*")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(ChangesPage.class)
                        .returnResult()
                        .getResponseBody()
                        .head())
                .isEqualTo(head());
    }

    @Test
    void whoAsksForTheHeadAloneGetsThatAndNoMore() {
        bob().http()
                .head()
                .uri(Routes.CHANGES + "?follow=true", group())
                .header("Accept", "text/event-stream")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith("text/event-stream");
    }
}
