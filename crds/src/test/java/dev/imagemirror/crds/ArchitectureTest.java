package dev.imagemirror.crds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The types know nothing of the operator, and of the Kubernetes client only what a resource is made of. */
@AnalyzeClasses(packages = "dev.imagemirror", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CRDS = "dev.imagemirror.crds";

    @ArchTest
    static final ArchRule everythingHasAPlace = classes().should().resideInAPackage(CRDS);

    @ArchTest
    static final ArchRule typesAreValues = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CRDS,
                    "java..",
                    "com.fasterxml.jackson.annotation..",
                    "io.fabric8.generator.annotation..",
                    "io.fabric8.crd.generator.annotation..",
                    "io.fabric8.kubernetes.model.annotation..",
                    "io.fabric8.kubernetes.api.model",
                    "io.fabric8.kubernetes.client",
                    "org.jspecify.annotations");

    @ArchTest
    static void nullsAreChecked(JavaClasses crds) {
        assertThat(crds.getPackage(CRDS).isAnnotatedWith(NullMarked.class)).isTrue();
    }
}
