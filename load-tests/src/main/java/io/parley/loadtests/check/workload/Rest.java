package io.parley.loadtests.check.workload;

import io.parley.api.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Requests over HTTP, with whatever becomes of them. */
final class Rest {
    static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    HttpClient client() {
        return client;
    }

    /**
     * What came back.
     *
     * @param status 0 if nothing did
     */
    record Answer(int status, String body) {
        boolean isOk() {
            return status / 100 == 2;
        }

        <T> T read(Class<T> type) {
            return JSON.readValue(body, type);
        }

        /** The code of the problem, or what happened instead. */
        String why() {
            try {
                return status == 0 ? body : JSON.readValue(body, Problem.class).code();
            } catch (JacksonException noProblem) {
                return "status " + status;
            }
        }
    }

    Answer ask(Door door, String method, String path, @Nullable Object body, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(door.http() + path)).timeout(ANSWER_WITHIN);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException noAnswer) {
            return new Answer(0, noAnswer.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer(0, interrupted.toString());
        }
    }

    /** Errors: {@code IllegalStateException} if it is refused. */
    <T> T must(Answer answer, Class<T> type) {
        if (!answer.isOk()) {
            throw new IllegalStateException("refused: " + answer);
        }
        return answer.read(type);
    }
}
