package dev.imagemirror;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.imagemirror.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The layers of the worker: image, registry, copy, worker, each knowing only those before it. */
@AnalyzeClasses(packages = "dev.imagemirror", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JDK = "java..";
    private static final String JDK_EXTENSIONS = "javax..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String LOGGING = "org.slf4j..";
    private static final String HTTP_CLIENT = "org.apache.hc..";
    private static final String TEXT = "dev.imagemirror.text..";
    private static final String THREAD = "dev.imagemirror.thread..";
    private static final String IMAGE = "dev.imagemirror.image..";
    private static final String CLIENT = "dev.imagemirror.registry";
    private static final String REGISTRY = CLIENT + "..";
    private static final String MODEL = CLIENT + ".model";
    private static final String HTTP = CLIENT + ".http";
    private static final String AUTH = CLIENT + ".auth";
    private static final String ENDPOINT = CLIENT + ".endpoint";
    private static final String COPY = "dev.imagemirror.copy..";
    private static final String WORKER = "dev.imagemirror.worker..";

    /** The default of the port through which everything else waits. */
    private static final String THE_REAL_WAITING = HTTP + ".RetryPolicy$Sleeper";

    private static final int MOST_FILES = 30;

    /** The one of the port by which progress is timed. */
    private static final String THE_REAL_TICKER = "dev.imagemirror.worker.progress.RealTicker";

    @ArchTest
    static final ArchRule everythingHasAPlace = classes()
            .should()
            .resideInAnyPackage(TEXT, THREAD, IMAGE, MODEL, HTTP, AUTH, ENDPOINT, CLIENT, COPY, WORKER)
            .because("these are all the layers");

    @ArchTest
    static final ArchRule textKnowsNothing = layer(TEXT, JDK);

    @ArchTest
    static final ArchRule threadsKnowNothing = layer(THREAD, JDK);

    @ArchTest
    static final ArchRule imageIsPureValues = layer(IMAGE, JDK, JACKSON);

    @ArchTest
    static final ArchRule registryKnowsImages =
            layer(REGISTRY, THREAD, IMAGE, JDK, JDK_EXTENSIONS, JACKSON, HTTP_CLIENT, LOGGING);

    @ArchTest
    static final ArchRule registryModelKnowsNoHttp = layer(MODEL, IMAGE, JDK);

    @ArchTest
    static final ArchRule httpKnowsNeitherEndpointsNorAuth =
            layer(HTTP, THREAD, IMAGE, MODEL, JDK, JDK_EXTENSIONS, JACKSON, HTTP_CLIENT, LOGGING);

    @ArchTest
    static final ArchRule authKnowsNoEndpoints = layer(AUTH, MODEL, HTTP, JDK, JACKSON, HTTP_CLIENT);

    @ArchTest
    static final ArchRule endpointsKnowNoAuth = layer(ENDPOINT, THREAD, IMAGE, MODEL, HTTP, JDK, JACKSON, HTTP_CLIENT);

    @ArchTest
    static final ArchRule endpointsAreTheClientsOwn = onlyIn(REGISTRY, ENDPOINT);

    @ArchTest
    static final ArchRule authIsTheClientsOwn = onlyIn(REGISTRY, AUTH);

    @ArchTest
    static final ArchRule copyKnowsRegistries = layer(COPY, THREAD, IMAGE, REGISTRY, JDK, LOGGING);

    @ArchTest
    static final ArchRule awsIsAskedForCredentialsAlone =
            onlyIn("dev.imagemirror.worker.credentials..", "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule theCommandLineIsTheWorkers = onlyIn("dev.imagemirror.worker", "picocli..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.imagemirror.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule oneFactoryMakesDaemonThreads = noClasses()
            .that()
            .areNotAssignableTo(DaemonThreads.class)
            .should()
            .callMethod(Thread.class, "setDaemon", boolean.class)
            .because("DaemonThreads does");

    @ArchTest
    static final ArchRule theOutsideWorldIsInjected = noClasses()
            .that(OutsideWorld.areNotProgramsIn(WORKER))
            .and()
            .doNotHaveFullyQualifiedName(THE_REAL_WAITING)
            .and()
            .doNotHaveFullyQualifiedName(THE_REAL_TICKER)
            .should()
            .accessTargetWhere(OutsideWorld.IS_ASKED)
            .because("clock, waiting, environment and chance are handed in by the programs, so that tests can choose"
                    + " them");

    @ArchTest
    static void nullsAreChecked(JavaClasses worker) {
        NullChecks.areOnEverywhere(worker);
    }

    @ArchTest
    static void noPackageIsAboveThirtyFiles(JavaClasses worker) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            Map<Path, Long> files = sources.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            assertThat(files).isNotEmpty();
            files.values().removeIf(count -> count <= MOST_FILES);
            assertThat(files)
                    .as("packages above %s files: split what they are about", MOST_FILES)
                    .isEmpty();
        }
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
