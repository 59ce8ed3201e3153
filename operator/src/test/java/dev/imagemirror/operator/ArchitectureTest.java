package dev.imagemirror.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.imagemirror.OutsideWorld;
import java.util.List;
import java.util.stream.Stream;

/** The parts of the operator: a core that knows ports only, adapters that do not know each other, and one wiring. */
@AnalyzeClasses(packages = "dev.imagemirror.operator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.imagemirror.operator.";
    private static final String JDK = "java..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String SEMVER = "org.semver4j..";
    private static final String LOGGING = "org.slf4j..";
    private static final String IMAGE = "dev.imagemirror.image..";
    private static final String CRDS = "dev.imagemirror.crds..";
    private static final String DOMAIN = ROOT + "domain..";
    private static final String ENGINE = ROOT + "engine..";
    private static final String RECONCILE = ROOT + "reconcile..";
    private static final String POLICY = ROOT + "policy..";
    private static final String CONFIG = ROOT + "config..";
    private static final String KUBERNETES = ROOT + "kubernetes..";
    private static final String LAMBDA = ROOT + "lambda..";
    private static final String WEB = ROOT + "web..";
    private static final String APP = ROOT + "app..";

    private static final List<String> AWS_ADAPTERS =
            List.of(ROOT + "dynamodb..", ROOT + "batch..", ROOT + "ecr..", ROOT + "events..");
    private static final List<String> ADAPTERS =
            joined(AWS_ADAPTERS, List.of(ROOT + "registry..", ROOT + "local..", KUBERNETES, WEB, LAMBDA));
    private static final List<String> CORE = List.of(DOMAIN, ENGINE, RECONCILE, POLICY, CONFIG);

    @ArchTest
    static final ArchRule everythingHasAPlace =
            classes().should().resideInAnyPackage(array(joined(joined(CORE, ADAPTERS), List.of(APP))));

    @ArchTest
    static final ArchRule domainIsPureValues = part(DOMAIN, JDK, IMAGE, SEMVER);

    @ArchTest
    static final ArchRule engineKnowsNothingOfMirrors = part(ENGINE, JDK, LOGGING);

    @ArchTest
    static final ArchRule reconcileKnowsPortsOnly = part(RECONCILE, JDK, LOGGING, IMAGE, DOMAIN, ENGINE);

    @ArchTest
    static final ArchRule policyTurnsYamlIntoRows = part(POLICY, JDK, JACKSON, IMAGE, CRDS, DOMAIN, RECONCILE);

    @ArchTest
    static final ArchRule configIsParsedFromYamlAndEnvironment = part(CONFIG, JDK, JACKSON, IMAGE);

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
            RECONCILE,
            POLICY);

    @ArchTest
    static final ArchRule awsStaysInItsAdapters =
            only("software.amazon.awssdk..", joined(AWS_ADAPTERS, List.of(LAMBDA, APP)));

    @ArchTest
    static final ArchRule lambdaTypesStayInLambda = only("com.amazonaws.services.lambda..", List.of(LAMBDA));

    @ArchTest
    static final ArchRule locksStayInTheirAdapter =
            only("com.amazonaws.services.dynamodbv2..", List.of(ROOT + "dynamodb.."));

    @ArchTest
    static final ArchRule kubernetesClientStaysInItsAdapter = only("io.fabric8..", List.of(KUBERNETES, APP));

    @ArchTest
    static final ArchRule operatorFrameworkStaysInItsAdapter = only("io.javaoperatorsdk..", List.of(KUBERNETES, APP));

    @ArchTest
    static final ArchRule customResourcesStayInTheirAdapter = only(CRDS, List.of(POLICY, KUBERNETES, APP));

    @ArchTest
    static final ArchRule webShowsDomainAndReconcileOnly = part(
            WEB,
            JDK,
            JACKSON,
            LOGGING,
            IMAGE,
            DOMAIN,
            ENGINE,
            RECONCILE,
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
    static final ArchRule commandLineStaysInApp = only("picocli..", List.of(APP));

    @ArchTest
    static final ArchRule onlyLambdaSharesTheWiring = only(APP, List.of(APP, LAMBDA));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.imagemirror.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theOutsideWorldIsInjected = noClasses()
            .that(OutsideWorld.areNotProgramsIn(APP))
            .should()
            .accessTargetWhere(OutsideWorld.IS_ASKED)
            .because(
                    "clock, waiting, environment and chance are handed in by the programs, so that tests can choose them");

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

    private static ArchRule part(String part, String... uses) {
        return classes()
                .that()
                .resideInAPackage(part)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(uses).or(resideInAnyPackage(part)))
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
