package io.parley.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Limits;
import io.parley.api.Problem;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document says what the server does; of the server only what answers HTTP is there. */
class OpenApiDocumentTest {
    private static final String API = "/api/v1/";

    private static Set<String> registered;
    private static String text;
    private static JsonNode document;

    @BeforeAll
    static void read() {
        new ReactiveWebApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(
                        WebFluxAutoConfiguration.class,
                        SpringDocConfiguration.class,
                        SpringDocConfigProperties.class,
                        SpringDocWebFluxConfiguration.class))
                .withUserConfiguration(OpenApiConfiguration.class)
                .withBean(OpenApiDocument.class)
                .withBean(AuthController.class, () -> new AuthController(null, null))
                .withBean(ConversationController.class, () -> new ConversationController(null, null))
                .withBean(FileController.class, () -> new FileController(null))
                .withBean(LogStreamController.class, () -> new LogStreamController(null, null, null))
                .withBean(MemberController.class, () -> new MemberController(null))
                .withBean(MessageController.class, () -> new MessageController(null, null))
                .withBean(PresenceController.class, () -> new PresenceController(null))
                .withBean(PrivateController.class, () -> new PrivateController(null, null))
                .withBean(ReceiptController.class, () -> new ReceiptController(null))
                .withBean(UserController.class, () -> new UserController(null))
                .run(context -> {
                    registered = routes(context.getBean(RequestMappingHandlerMapping.class));
                    text = new String(
                            context.getBean(OpenApiDocument.class)
                                    .openapiJson(null, "", Locale.ROOT)
                                    .block(),
                            StandardCharsets.UTF_8);
                    document = new JsonMapper().readTree(text);
                });
    }

    static Set<String> routes(RequestMappingHandlerMapping mapping) {
        return mapping.getHandlerMethods().keySet().stream()
                .flatMap(route -> paths(route).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> paths(RequestMappingInfo route) {
        return route.getPatternsCondition().getPatterns().stream()
                .map(pattern -> pattern.getPatternString())
                .filter(path -> path.startsWith(API) && !path.startsWith(Routes.OPEN_API))
                .flatMap(path ->
                        route.getMethodsCondition().getMethods().stream().map(method -> method + " " + path))
                .toList();
    }

    static Set<String> described(JsonNode document) {
        Set<String> described = new TreeSet<>();
        document.at("/paths")
                .forEachEntry((path, operations) -> operations.forEachEntry(
                        (method, operation) -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return described;
    }

    @Test
    @Tag("wire-openapi")
    void itNamesExactlyTheRoutesThatThereAre() {
        assertThat(described(document)).isEqualTo(registered).hasSizeGreaterThan(20);
    }

    @Test
    void itSaysWhatItIsOf() {
        assertThat(document.at("/openapi").asString()).startsWith("3.1");
        assertThat(document.at("/info/title").asString()).isEqualTo("Parley");
        assertThat(document.at("/info/license/identifier").asString()).isEqualTo("Apache-2.0");
        assertThat(document.at("/servers/0/url").asString()).isEqualTo("/");
    }

    @Test
    void everyOperationHasASummaryAndSaysHowItFails() {
        document.at("/paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
                    assertThat(operation.path("summary").asString(""))
                            .as(method + path)
                            .isNotBlank();
                    JsonNode refused =
                            operation.path("responses").path("default").path("content");
                    assertThat(refused.path(Problem.MEDIA_TYPE)
                                    .path("schema")
                                    .path("$ref")
                                    .asString(""))
                            .as(method + path)
                            .isEqualTo("#/components/schemas/Problem");
                }));
        assertThat(document.at("/components/schemas/Problem/properties/code").isMissingNode())
                .isFalse();
    }

    @Test
    void whatNeedsNoTokenSaysSoAndAllElseNeedsOne() {
        Set<String> open = new TreeSet<>();
        document.at("/paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
                    if (operation.path("security").isArray()
                            && operation.path("security").isEmpty()) {
                        open.add(path);
                    }
                }));

        assertThat(open).containsExactlyInAnyOrder(Routes.REGISTER, Routes.SIGN_IN, Routes.REFRESH);
        assertThat(document.at("/security/0/bearer").isMissingNode()).isFalse();
        assertThat(document.at("/components/securitySchemes/bearer/scheme").asString())
                .isEqualTo("bearer");
    }

    @Test
    void theLimitsAreInTheSchemas() {
        JsonNode schemas = document.at("/components/schemas");

        assertThat(schemas.at("/SendMessage/properties/text/maxLength").asInt()).isEqualTo(Limits.MAX_MESSAGE_LENGTH);
        assertThat(schemas.at("/NewConversation/properties/memberIds/maxItems").asInt())
                .isEqualTo(Limits.MAX_NEW_MEMBERS);
        assertThat(document.at("/paths").toString()).contains("\"maximum\":" + Limits.MAX_PAGE);
    }

    @Test
    void everySchemaIsOneOfThePublicContract() throws ClassNotFoundException {
        for (String name : document.at("/components/schemas").propertyNames()) {
            String simple = ServerFrames.NESTED.contains(name) ? "ServerFrame$" + name : name;
            assertThat(Class.forName("io.parley.api." + simple)).isNotNull();
        }
        assertThat(text).doesNotContain("Mono", "Flux", "io.parley", "ResponseEntity");
    }

    @Test
    void whatIsAnsweredIsDescribed() {
        assertThat(reference(Routes.CHANGES, "application/json")).endsWith("/ChangesPage");
        assertThat(reference(Routes.CHANGES, "text/event-stream")).endsWith("/ServerFrame");
        assertThat(reference(Routes.MY_CHANGES, "application/x-ndjson")).endsWith("/ServerFrame");
        assertThat(reference(Routes.CONVERSATIONS, "post", "201")).endsWith("/ConversationEntry");
        assertThat(reference(Routes.MESSAGES, "post", "201")).endsWith("/MessageView");
        assertThat(reference(Routes.ME, "get", "200")).endsWith("/UserView");
    }

    private String reference(String path, String method, String status) {
        return reference(content(path, method, status).iterator().next());
    }

    /** Of a page that may be had in several ways. */
    private String reference(String path, String mediaType) {
        return reference(content(path, "get", "200").path(mediaType));
    }

    private static String reference(JsonNode described) {
        return described.path("schema").path("$ref").asString("");
    }

    private JsonNode content(String path, String method, String status) {
        return document.at("/paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(status)
                .path("content");
    }

    /** They are named without the interface around them. */
    private static final class ServerFrames {
        static final Set<String> NESTED = Arrays.stream(ServerFrame.class.getNestMembers())
                .map(Class::getSimpleName)
                .filter(name -> !name.equals("ServerFrame"))
                .collect(Collectors.toSet());
    }
}
