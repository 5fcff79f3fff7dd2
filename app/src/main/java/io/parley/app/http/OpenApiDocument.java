package io.parley.app.http;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import java.time.Duration;
import java.util.Locale;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webflux.api.OpenApiWebfluxResource;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The OpenAPI document: the same for everybody, written once, when somebody asks for it first: a start need not wait for that.
 * What springdoc would do for each request reads class files, and takes the host from the request.
 */
@RestController
class OpenApiDocument extends OpenApiWebfluxResource {
    private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    private final Mono<byte[]> document = Mono.fromCallable(() -> writeJsonValue(getOpenApi(Locale.ENGLISH)))
            .subscribeOn(Schedulers.boundedElastic())
            .cache(written -> FOREVER, failed -> Duration.ZERO, () -> Duration.ZERO);

    OpenApiDocument(
            ObjectFactory<OpenAPIService> service,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties properties,
            SpringDocProviders providers,
            SpringDocCustomizers customizers) {
        super(service, requests, responses, operations, properties, providers, customizers);
    }

    @Override
    public Mono<byte[]> openapiJson(ServerHttpRequest request, String path, Locale locale) {
        return document;
    }

    /** There is one form of it. */
    @Override
    public Mono<byte[]> openapiYaml(ServerHttpRequest request, String path, Locale locale) {
        return Mono.error(() -> new NotFound(ErrorCode.ROUTE_UNKNOWN));
    }
}
