package io.parley.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.parley.app.planted.SubscribesByReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {
    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/io/parley/embedded/"))
            .importPackages("io.parley");

    @ParameterizedTest
    @Tag("always-8")
    @EnumSource
    void theServerKeepsTheRule(ArchitectureRules rule) {
        rule.rule.allowEmptyShould(false).check(SERVER);
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedViolationBreaksTheRule(ArchitectureRules rule) {
        JavaClasses planted = new ClassFileImporter().importClasses(PlantedViolations.of(rule));

        assertThat(rule.rule.evaluate(planted).hasViolation()).isTrue();
    }

    @Test
    void aMethodReferenceIsSeenLikeACall() {
        JavaClasses planted = new ClassFileImporter().importClasses(SubscribesByReference.class);

        assertThat(ArchitectureRules.ONLY_WORKERS_SUBSCRIBE
                        .rule
                        .evaluate(planted)
                        .hasViolation())
                .isTrue();
    }

    @Test
    void allModulesOfTheServerAreLookedAt() {
        for (String root : new String[] {"io.parley.api", "io.parley.domain", "io.parley.infra", "io.parley.app"}) {
            assertThat(SERVER.containPackage(root)).as(root).isTrue();
        }
        assertThat(SERVER.containPackage("io.parley.embedded")).isFalse();
    }
}
