package io.parley.app.http;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webflux.api.OpenApiWebfluxResource;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The OpenAPI document: the same for everybody, written once before the ports open. What springdoc would do for each
 * request reads class files, and takes the host from the request.
 */
@RestController
class OpenApiDocument extends OpenApiWebfluxResource implements SmartInitializingSingleton {
    private byte @Nullable [] document;

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
    public void afterSingletonsInstantiated() {
        try {
            document = writeJsonValue(getOpenApi(Locale.ENGLISH));
        } catch (Exception unwritable) {
            throw new IllegalStateException("the OpenAPI document cannot be written", unwritable);
        }
    }

    @Override
    public Mono<byte[]> openapiJson(ServerHttpRequest request, String path, Locale locale) {
        return Mono.fromSupplier(() -> Objects.requireNonNull(document));
    }

    /** There is one form of it. */
    @Override
    public Mono<byte[]> openapiYaml(ServerHttpRequest request, String path, Locale locale) {
        return Mono.error(() -> new NotFound(ErrorCode.ROUTE_UNKNOWN));
    }
}
