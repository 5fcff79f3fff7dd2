package io.parley.app.http;

import io.parley.api.Problem;
import io.parley.app.gateway.Problems;
import io.parley.app.gateway.RequestIds;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unauthenticated;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns whatever went wrong into {@code application/problem+json}, RFC 9457. Only the upgrade
 * to RSocket writes its own, since no handler of Spring's sees it. */
@Component
@Order(-2) // before Spring Boot's own, which would answer in its own words
final class HttpProblems implements WebExceptionHandler {
    private final JsonMapper json;

    HttpProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            // Half an answer is out: only breaking the connection tells the client that the rest is missing.
            return Mono.error(error);
        }
        return write(exchange.getResponse(), problem(error, requestId(exchange)), error);
    }

    private static String requestId(ServerWebExchange exchange) {
        return RequestIds.of(exchange.getAttribute(RequestFilter.REQUEST_ID));
    }

    private static Problem problem(Throwable error, String requestId) {
        return error instanceof ErrorResponse refused && refused.getStatusCode().is4xxClientError()
                ? Problems.of(translated(refused), refused.getStatusCode().value(), requestId)
                : Problems.of(Problems.known(error), requestId);
    }

    /** What Spring refuses before a controller is reached. */
    private static ChatException translated(ErrorResponse refused) {
        return switch (refused.getStatusCode().value()) {
            case 404 -> new NotFound(ErrorCode.ROUTE_UNKNOWN);
            case 405, 406, 415 -> new InvalidInput(ErrorCode.REQUEST_UNSUPPORTED);
            case 413 -> new InvalidInput(ErrorCode.REQUEST_TOO_LARGE);
            default -> new InvalidInput(ErrorCode.REQUEST_MALFORMED);
        };
    }

    /** RFC 6750, section 3: a token that came and is no good is told apart from none. */
    private static String challenge(ErrorCode code) {
        return switch (code) {
            case TOKEN_INVALID, TOKEN_EXPIRED, SESSION_ENDED -> "Bearer error=\"invalid_token\"";
            default -> "Bearer";
        };
    }

    private Mono<Void> write(ServerHttpResponse response, Problem problem, Throwable error) {
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        HttpHeaders headers = response.getHeaders();
        if (error instanceof ErrorResponse refused) {
            headers.putAll(refused.getHeaders());
        }
        if (error instanceof Unauthenticated refused) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge(refused.code()));
        }
        if (problem.retryAfterMs() != null) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf((problem.retryAfterMs() + 999) / 1_000));
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        DataBuffer body = response.bufferFactory().wrap(json.writeValueAsBytes(problem));
        headers.setContentLength(body.readableByteCount());
        return response.writeWith(Mono.just(body));
    }
}
