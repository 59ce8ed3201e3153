package dev.imagemirror.operator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.imagemirror.NullChecks;
import dev.imagemirror.OutsideWorld;
import dev.imagemirror.operator.claim.ClaimLedger;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.lambda.MirrorHandler;
import dev.imagemirror.operator.port.StatusTable;
import dev.imagemirror.operator.program.Pauses;
import dev.imagemirror.thread.DaemonThreads;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of the operator: a core that knows ports only, adapters that do not know each other, and one wiring. */
@AnalyzeClasses(packages = "dev.imagemirror.operator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.imagemirror.operator.";
    private static final int MOST_FILES = 30;
    private static final String JDK = "java..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String SEMVER = "org.semver4j..";
    private static final String LOGGING = "org.slf4j..";
    private static final String IMAGE = "dev.imagemirror.image..";
    private static final String SPANS = "dev.imagemirror.text..";
    private static final String THREAD = "dev.imagemirror.thread..";
    private static final String CRDS = "dev.imagemirror.crds..";
    private static final String DOMAIN = ROOT + "domain..";
    private static final String ENGINE = ROOT + "engine..";
    private static final String CACHE = ROOT + "cache..";
    private static final String PORT = ROOT + "port..";
    private static final String CLAIM = ROOT + "claim..";
    private static final String CATALOG = ROOT + "catalog..";
    private static final String RECONCILE = ROOT + "reconcile..";
    private static final String POLICY = ROOT + "policy..";
    private static final String CONFIG = ROOT + "config..";
    private static final String KUBERNETES = ROOT + "kubernetes..";
    private static final String LAMBDA = ROOT + "lambda..";
    private static final String WEB = ROOT + "web..";
    private static final String TEXT = ROOT + "text..";
    private static final String PROGRAM = ROOT + "program..";
    private static final String DOCTOR = ROOT + "doctor..";
    private static final String WIRING = ROOT + "wiring..";
    private static final String RUNTIME = ROOT + "runtime..";
    private static final String CLI = ROOT + "cli..";
    private static final String APP = ROOT + "app..";

    private static final List<String> AWS_ADAPTERS =
            List.of(ROOT + "dynamodb..", ROOT + "batch..", ROOT + "ecr..", ROOT + "events..");
    private static final List<String> ADAPTERS =
            joined(AWS_ADAPTERS, List.of(ROOT + "registry..", ROOT + "local..", KUBERNETES, WEB, LAMBDA));
    private static final List<String> CORE =
            List.of(DOMAIN, ENGINE, CACHE, PORT, CLAIM, CATALOG, RECONCILE, POLICY, CONFIG);

    /** Each may be used by those after it, and by nothing before it. */
    private static final List<String> PROGRAMS = List.of(TEXT, PROGRAM, DOCTOR, WIRING, RUNTIME, CLI, APP);

    @ArchTest
    static final ArchRule everythingHasAPlace =
            classes().should().resideInAnyPackage(array(joined(joined(CORE, ADAPTERS), PROGRAMS)));

    @ArchTest
    static final ArchRule domainIsPureValues = part(DOMAIN, JDK, SPANS, IMAGE, SEMVER);

    @ArchTest
    static final ArchRule engineKnowsNothingOfMirrors = part(ENGINE, JDK, LOGGING, SPANS, THREAD);

    @ArchTest
    static final ArchRule cacheKnowsNothing = part(CACHE, JDK);

    @ArchTest
    static final ArchRule portsSpeakOfTheDomain = part(PORT, JDK, IMAGE, DOMAIN, ENGINE);

    @ArchTest
    static final ArchRule claimsKnowPortsOnly = part(CLAIM, JDK, LOGGING, SPANS, IMAGE, DOMAIN, ENGINE, PORT);

    @ArchTest
    static final ArchRule claimsAreWrittenByTheirLedgerAlone = noClasses()
            .that()
            .doNotBelongToAnyOf(ClaimLedger.class)
            .and()
            .areNotAssignableTo(StatusTable.class) // decorators hand on
            .should()
            .callMethod(StatusTable.class, "claim", MirrorRow.class, List.class)
            .orShould()
            .callMethod(StatusTable.class, "change", List.class);

    @ArchTest
    static final ArchRule catalogKnowsPortsOnly = part(CATALOG, JDK, LOGGING, IMAGE, DOMAIN, PORT);

    @ArchTest
    static final ArchRule reconcileKnowsNoAdapter =
            part(RECONCILE, JDK, LOGGING, IMAGE, DOMAIN, ENGINE, PORT, CLAIM, CATALOG);

    @ArchTest
    static final ArchRule adaptersKnowPortsAndNoPass = noClasses()
            .that()
            .resideInAnyPackage(array(ADAPTERS))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLAIM, RECONCILE);

    @ArchTest
    static final ArchRule policyTurnsYamlIntoRows =
            part(POLICY, JDK, JACKSON, SPANS, IMAGE, CRDS, DOMAIN, PORT, CATALOG);

    @ArchTest
    static final ArchRule configIsParsedFromYamlAndEnvironment = part(CONFIG, JDK, JACKSON, SPANS, IMAGE);

    @ArchTest
    static final ArchRule registriesAreAskedByTheClientAlone = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.imagemirror.registry.auth..", "dev.imagemirror.registry.endpoint..");

    @ArchTest
    static final ArchRule frontEndKnowsTheTablesPortsAndNeverRegistriesOrJobs = part(
            KUBERNETES,
            JDK,
            LOGGING,
            JACKSON,
            "io.fabric8..",
            "io.javaoperatorsdk..",
            IMAGE,
            CRDS,
            DOMAIN,
            ENGINE,
            PORT,
            CATALOG,
            POLICY);

    @ArchTest
    static final ArchRule awsStaysInItsAdapters =
            only("software.amazon.awssdk..", joined(AWS_ADAPTERS, List.of(LAMBDA, DOCTOR, WIRING)));

    @ArchTest
    static final ArchRule lambdaHandsEventsToTheRuntime =
            part(LAMBDA, JDK, JACKSON, "com.amazonaws.services.lambda..", RUNTIME);

    @ArchTest
    static final ArchRule lambdaTypesStayInLambda = only("com.amazonaws.services.lambda..", List.of(LAMBDA));

    @ArchTest
    static final ArchRule locksStayInTheirAdapter =
            only("com.amazonaws.services.dynamodbv2..", List.of(ROOT + "dynamodb.."));

    @ArchTest
    static final ArchRule kubernetesClientStaysInItsAdapter = only("io.fabric8..", List.of(KUBERNETES, RUNTIME));

    @ArchTest
    static final ArchRule operatorFrameworkStaysInItsAdapter = only("io.javaoperatorsdk..", List.of(KUBERNETES));

    @ArchTest
    static final ArchRule customResourcesStayInTheirAdapter = only(CRDS, List.of(POLICY, KUBERNETES));

    @ArchTest
    static final ArchRule webShowsDomainAndCatalogOnly = part(
            WEB,
            JDK,
            JACKSON,
            LOGGING,
            SPANS,
            THREAD,
            IMAGE,
            DOMAIN,
            ENGINE,
            PORT,
            CATALOG,
            "io.javalin..",
            "io.micrometer..",
            "org.eclipse.jetty..",
            "jakarta.servlet..",
            "kotlin..");

    @ArchTest
    static final ArchRule webServerStaysInItsAdapter = only("io.javalin..", List.of(WEB));

    @ArchTest
    static final ArchRule metricsStayInTheirAdapter = only("io.micrometer..", List.of(WEB));

    @ArchTest
    static final ArchRule loggingIsConfiguredInApp = only("ch.qos.logback..", List.of(APP));

    @ArchTest
    static final ArchRule commandLineStaysInCli = only("picocli..", List.of(CLI));

    @ArchTest
    static final ArchRule textIsForPeople = part(TEXT, JDK, SPANS, IMAGE);

    @ArchTest
    static final ArchRule programKnowsNoPart = part(PROGRAM, JDK, IMAGE, TEXT);

    @ArchTest
    static final ArchRule runtimeServesCommandsAndTheFunction = only(RUNTIME, List.of(RUNTIME, CLI, LAMBDA));

    @ArchTest
    static final ArchRule onlyMainKnowsTheCommands = only(CLI, List.of(CLI, APP));

    @ArchTest
    static final ArchRule nothingKnowsMain = only(APP, List.of(APP));

    @ArchTest
    static final ArchRule partsHaveNoCycles =
            slices().matching("dev.imagemirror.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.imagemirror.operator.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule oneFactoryMakesDaemonThreads = noClasses()
            .that()
            .areNotAssignableTo(DaemonThreads.class)
            .should()
            .callMethod(Thread.class, "setDaemon", boolean.class)
            .because("DaemonThreads does");

    @ArchTest
    static final ArchRule theOutsideWorldIsInjected = noClasses()
            .that(OutsideWorld.areNotProgramsIn(APP))
            .and()
            .doNotBelongToAnyOf(Pauses.class) // the real waiting
            .should()
            .accessTargetWhere(OutsideWorld.IS_ASKED.and(not(isMadeWhereLambdaStarts())))
            .because("clock, waiting, environment and chance are handed in by the programs, so that tests can choose"
                    + " them");

    @ArchTest
    static void nullsAreChecked(JavaClasses operator) {
        NullChecks.areOnEverywhere(operator);
    }

    @ArchTest
    static void adaptersDoNotSeeEachOther(JavaClasses operator) {
        for (String adapter : ADAPTERS) {
            noClasses()
                    .that()
                    .resideInAPackage(adapter)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(array(ADAPTERS)).and(not(resideInAnyPackage(adapter))))
                    .as("adapter " + adapter + " should not see another")
                    .allowEmptyShould(true)
                    .check(operator);
        }
    }

    @ArchTest
    static void noPartUsesOneAboveIt(JavaClasses operator) {
        for (int i = 0; i < PROGRAMS.size(); i++) {
            String part = PROGRAMS.get(i);
            List<String> above = PROGRAMS.subList(i + 1, PROGRAMS.size());
            List<String> users = joined(above, List.of(part, LAMBDA));
            only(part, users).as("only " + users + " should use " + part).check(operator);
        }
    }

    @ArchTest
    static void onlyTheWiringKnowsRegistriesAndLocalJobs(JavaClasses operator) {
        for (String adapter : List.of(ROOT + "registry..", ROOT + "ecr..", ROOT + "local..")) {
            only(adapter, List.of(adapter, WIRING)).check(operator);
        }
    }

    @ArchTest
    static void noPackageIsAboveThirtyFiles(JavaClasses operator) {
        Map<String, Long> files = operator.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        files.values().removeIf(count -> count <= MOST_FILES);
        assertThat(files)
                .as("packages above %s files: split what they are about", MOST_FILES)
                .isEmpty();
    }

    /** The handler's constructor without parameters, which Lambda calls in the place of a main method. */
    private static DescribedPredicate<JavaAccess<?>> isMadeWhereLambdaStarts() {
        return describe(
                "is made where Lambda starts",
                access -> access.getOrigin() instanceof JavaConstructor start
                        && start.getOwner().isEquivalentTo(MirrorHandler.class)
                        && start.getRawParameterTypes().isEmpty());
    }

    private static ArchRule part(String part, String... uses) {
        return classes()
                .that()
                .resideInAPackage(part)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(uses).or(resideInAnyPackage(part, NullChecks.JSPECIFY)))
                .allowEmptyShould(true);
    }

    private static ArchRule only(String types, List<String> users) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(array(users))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(types)
                .allowEmptyShould(true);
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String[] array(List<String> packages) {
        return packages.toArray(String[]::new);
    }
}
