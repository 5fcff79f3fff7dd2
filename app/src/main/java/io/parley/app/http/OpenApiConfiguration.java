package io.parley.app.http;

import io.parley.api.Headers;
import io.parley.api.Limits;
import io.parley.api.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says of all routes alike; the rest is read from the controllers. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String BEARER = "bearer";
    private static final String PROBLEM = "#/components/schemas/Problem";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Parley")
                        .version("1")
                        .description("Chat over HTTP. Bodies are JSON of at most " + Limits.MAX_INBOUND_BYTES
                                + " bytes; unknown fields are ignored. Every answer names its request in "
                                + Headers.REQUEST_ID + ".")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    /** Anything may be refused, and always in the same way. */
    @Bean
    OperationCustomizer problems() {
        return (operation, method) -> withProblem(operation);
    }

    /** How many entries a page may have. */
    @Bean
    OperationCustomizer pages() {
        return (operation, method) -> {
            if (operation.getParameters() != null) {
                operation.getParameters().stream()
                        .filter(parameter -> "limit".equals(parameter.getName()))
                        .forEach(parameter -> parameter
                                .getSchema()
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(Limits.MAX_PAGE))
                                .setDefault(Limits.DEFAULT_PAGE));
            }
            return operation;
        };
    }

    private static Operation withProblem(Operation operation) {
        Content content =
                new Content().addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(new Schema<>().$ref(PROBLEM)));
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("It did not work; the problem's code says why")
                                .content(content));
        return operation;
    }

    @Bean
    OpenApiCustomizer schemas() {
        return api -> {
            ModelConverters.getInstance(true).read(Problem.class).forEach(api.getComponents()::addSchemas);
            LIMITS.forEach((place, limit) -> limit.on(property(api, place)));
        };
    }

    /** Whoever renames a record's component has to rename it here: else the server does not start. */
    private static Schema<?> property(OpenAPI api, String place) {
        int dot = place.indexOf('.');
        Schema<?> schema =
                Objects.requireNonNull(api.getComponents().getSchemas().get(place.substring(0, dot)), place);
        return Objects.requireNonNull((Schema<?>) schema.getProperties().get(place.substring(dot + 1)), place);
    }

    /** How long something may be, or how many. */
    private record Limit(int least, int most) {
        void on(Schema<?> schema) {
            if (schema.getTypes() != null && schema.getTypes().contains("array")) {
                schema.minItems(least).maxItems(most);
            } else {
                schema.minLength(least).maxLength(most);
            }
        }
    }

    private static final Map<String, Limit> LIMITS = Map.of(
            "SendMessage.text", new Limit(1, Limits.MAX_MESSAGE_LENGTH),
            "EditMessage.text", new Limit(1, Limits.MAX_MESSAGE_LENGTH),
            "SaveDraft.text", new Limit(0, Limits.MAX_MESSAGE_LENGTH),
            "NewConversation.title", new Limit(1, Limits.MAX_TITLE_LENGTH),
            "RenameConversation.title", new Limit(1, Limits.MAX_TITLE_LENGTH),
            "NewConversation.memberIds", new Limit(0, Limits.MAX_NEW_MEMBERS),
            "Register.handle", new Limit(Limits.MIN_HANDLE_LENGTH, Limits.MAX_HANDLE_LENGTH),
            "Register.displayName", new Limit(1, Limits.MAX_DISPLAY_NAME_LENGTH),
            "Register.password", new Limit(Limits.MIN_PASSWORD_LENGTH, Limits.MAX_PASSWORD_LENGTH));
}
