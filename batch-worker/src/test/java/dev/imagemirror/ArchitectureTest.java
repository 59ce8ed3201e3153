package dev.imagemirror;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layers of the worker: image, registry, copy, worker, each knowing only those before it. */
@AnalyzeClasses(packages = "dev.imagemirror", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JDK = "java..";
    private static final String JDK_EXTENSIONS = "javax..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String LOGGING = "org.slf4j..";
    private static final String HTTP_CLIENT = "org.apache.hc..";
    private static final String IMAGE = "dev.imagemirror.image..";
    private static final String REGISTRY = "dev.imagemirror.registry..";
    private static final String COPY = "dev.imagemirror.copy..";
    private static final String WORKER = "dev.imagemirror.worker..";

    /** The default of the port through which everything else waits. */
    private static final String THE_REAL_WAITING = "dev.imagemirror.registry.RetryPolicy$Sleeper";

    @ArchTest
    static final ArchRule everythingHasAPlace =
            classes().should().resideInAnyPackage(IMAGE, REGISTRY, COPY, WORKER).because("these are all the layers");

    @ArchTest
    static final ArchRule imageIsPureValues = layer(IMAGE, JDK, JACKSON);

    @ArchTest
    static final ArchRule registryKnowsImages =
            layer(REGISTRY, IMAGE, JDK, JDK_EXTENSIONS, JACKSON, HTTP_CLIENT, LOGGING);

    @ArchTest
    static final ArchRule copyKnowsRegistries = layer(COPY, IMAGE, REGISTRY, JDK, LOGGING);

    @ArchTest
    static final ArchRule awsIsAskedForCredentialsAlone =
            onlyIn("dev.imagemirror.worker.credentials..", "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule theCommandLineIsTheWorkers = onlyIn("dev.imagemirror.worker", "picocli..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.imagemirror.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theOutsideWorldIsInjected = noClasses()
            .that(OutsideWorld.areNotProgramsIn(WORKER))
            .and()
            .doNotHaveFullyQualifiedName(THE_REAL_WAITING)
            .should()
            .accessTargetWhere(OutsideWorld.IS_ASKED)
            .because("clock, waiting, environment and chance are handed in by the programs, so that tests can choose"
                    + " them");

    @ArchTest
    static void nullsAreChecked(JavaClasses worker) {
        NullChecks.areOnEverywhere(worker, REGISTRY);
    }

    private static ArchRule onlyIn(String users, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(users)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static ArchRule layer(String layer, String... uses) {
        return classes()
                .that()
                .resideInAPackage(layer)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(uses).or(resideInAnyPackage(layer, NullChecks.JSPECIFY)))
                .allowEmptyShould(true);
    }
}
