package io.parley.app.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What docs/architecture.md says, as rules. Each is shown to fail by a planted violation. */
enum ArchitectureRules {
    DOMAIN_KNOWS_NO_TECHNOLOGY(classes()
            .that()
            .resideInAPackage("io.parley.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.parley.domain..",
                    "reactor.core..",
                    "reactor.util..",
                    "org.reactivestreams..",
                    "org.jspecify..")),

    CONTRACT_KNOWS_NO_SERVER(classes()
            .that()
            .resideInAPackage("io.parley.api..")
            .and()
            .resideOutsideOfPackage("io.parley.api.client..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java..", "io.parley.api..", "com.fasterxml.jackson.annotation..", "org.jspecify..")
                    .and(DescribedPredicate.not(resideInAPackage("io.parley.api.client.."))))),

    CLIENT_KNOWS_NO_SERVER(classes()
            .that()
            .resideInAPackage("io.parley.api.client..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.parley.api..",
                    "io.rsocket..",
                    "io.netty.buffer..",
                    "reactor.core..",
                    "org.reactivestreams..",
                    "tools.jackson..",
                    "org.jspecify..")),

    INFRA_KNOWS_ONLY_THE_DOMAIN(noClasses()
            .that()
            .resideInAPackage("io.parley.infra..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.parley.app..", "io.parley.api..")),

    APP_KNOWS_NO_ADAPTER(noClasses()
            .that()
            .resideInAPackage("io.parley.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.parley.infra..")),

    SERVER_KNOWS_NO_EMBEDDED_SERVERS(noClasses()
            .that()
            .resideInAPackage("io.parley..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.parley.embedded..")),

    ADAPTERS_ARE_HIDDEN(classes()
            .that()
            .resideInAPackage("io.parley.infra..")
            .and()
            .resideOutsideOfPackage("io.parley.infra.startup..")
            .and()
            .areTopLevelClasses()
            .and()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .and()
            .haveSimpleNameNotEndingWith("package-info")
            .should()
            .notBePublic()),

    GATEWAY_KNOWS_NO_TRANSPORT(noClasses()
            .that()
            .resideInAPackage("io.parley.app.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.parley.app.http..", "io.parley.app.rsocket..", "io.parley.app.websocket..")),

    REACTOR_KAFKA_STAYS_IN_ONE_PACKAGE(technology("io.parley.infra.kafka..", "reactor.kafka..", "org.apache.kafka..")),

    REDIS_STAYS_IN_ONE_PACKAGE(
            technology("io.parley.infra.redis..", "io.lettuce..", "org.springframework.data.redis..")),

    R2DBC_STAYS_IN_ONE_PACKAGE(technology("io.parley.infra.postgres..", "io.r2dbc..", "org.flywaydb..")),

    S3_STAYS_IN_ONE_PACKAGE(technology("io.parley.infra.s3..", "software.amazon.awssdk..")),

    JACKSON_2_IS_NOT_USED(noClasses()
            .that()
            .resideInAPackage("io.parley..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")),

    ONLY_WORKERS_SUBSCRIBE(noClasses()
            .that()
            .resideOutsideOfPackage("io.parley.app.worker..")
            .should(call(
                    "subscribe",
                    target -> owned(target, Publisher.class) && Names.SUBSCRIBING.contains(target.getName())))),

    ONLY_THE_START_BLOCKS(noClasses()
            .that()
            .resideOutsideOfPackage("io.parley.infra.startup..")
            .and()
            .doNotHaveSimpleName("RSocketTcpServer")
            .should(call(
                    "block", target -> owned(target, Publisher.class) && Names.BLOCKING.contains(target.getName())))),

    NOBODY_SLEEPS(noClasses()
            .should(call(
                    "sleep",
                    target -> owned(target, Thread.class) && target.getName().equals("sleep")))),

    FLAT_MAP_HAS_A_LIMIT(noClasses()
            .should(call(
                    "flatMap without a limit",
                    target -> owned(target, Flux.class)
                            && target.getName().equals("flatMap")
                            && target.getRawParameterTypes().size() == 1))),

    BUFFERS_HAVE_A_LIMIT(noClasses()
            .should(call(
                    "a buffer without a limit",
                    target -> target.getOwner().getPackageName().startsWith("reactor.")
                            && Names.UNBOUNDED.contains(target.getName())
                            && target.getRawParameterTypes().isEmpty()))),

    QUEUES_HAVE_A_LIMIT(noClasses()
            .should(call(
                    "a queue without a limit",
                    target -> owned(target, LinkedBlockingQueue.class)
                            && target.getName().equals("<init>")
                            && target.getRawParameterTypes().isEmpty()))),

    PACKAGES_ARE_NULL_MARKED(classes().that().resideInAPackage("io.parley..").should(resideInANullMarkedPackage()));

    final ArchRule rule;

    ArchitectureRules(ArchRule rule) {
        this.rule = rule;
    }

    private static ArchRule technology(String home, String... packages) {
        return noClasses()
                .that(resideInAPackage("io.parley..").and(DescribedPredicate.not(resideInAPackage(home))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages));
    }

    /** Calls, and references such as {@code Mono::subscribe}. */
    private static ArchCondition<JavaClass> call(String what, Predicate<CodeUnitAccessTarget> target) {
        return new ArchCondition<>("use " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf().stream()
                        .filter(JavaCodeUnitAccess.class::isInstance)
                        .map(access -> (JavaCodeUnitAccess<?>) access)
                        .filter(access -> target.test(access.getTarget()))
                        .forEach(access -> events.add(SimpleConditionEvent.satisfied(access, access.getDescription())));
            }
        };
    }

    private static boolean owned(CodeUnitAccessTarget target, Class<?> type) {
        return target.getOwner().isAssignableTo(type);
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetAnnotationOfType(NullMarked.class)
                        .isPresent();
                String message = type.getPackageName() + (marked ? " is" : " is not") + " @NullMarked";
                events.add(new SimpleConditionEvent(type, marked, message));
            }
        };
    }

    /** Constants of an enum must not stand before its values. */
    private static final class Names {
        static final Set<String> SUBSCRIBING = Set.of("subscribe", "subscribeWith", "connect", "toFuture");
        static final Set<String> BLOCKING =
                Set.of("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream");
        static final Set<String> UNBOUNDED = Set.of("onBackpressureBuffer", "unbounded");
    }
}
