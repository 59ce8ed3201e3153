package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingFailures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows as people write them: one bad row gets a status that names what is wrong, and all others go on. */
class RowsTest {
    private final Scene scene = new Scene();

    static Stream<Arguments> badRows() {
        String many = IntStream.range(0, 2000)
                .mapToObj(i -> "r" + i + ".example.com/a:1")
                .collect(Collectors.joining(","));
        return Stream.of(
                Arguments.of("golang:bad", Map.of(), List.of("Destination")),
                Arguments.of("golang:bad", Map.of("Destination", new BigDecimal(5)), List.of("Destination")),
                Arguments.of(
                        "golang:bad",
                        Map.of("Destination", "UPPER/x", "Interval", "often", "Suspend", "yes"),
                        List.of("Destination", "Interval", "Suspend")),
                Arguments.of("GOLANG:bad", Map.of("Destination", DESTINATION), List.of("Source")),
                Arguments.of("golang:bad", Map.of("Destination", many), List.of("Destination")),
                Arguments.of("golang:bad", Map.of("Destination", "x".repeat(400_000)), List.of("Destination")),
                Arguments.of(
                        "golang",
                        Map.of("Destination", "b.io/golang", "Tags", Map.of("Semver", "not a range")),
                        List.of("Tags.Semver")));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void aBadRowNamesEveryProblemAndStopsNoOther(String key, Map<String, Object> attributes, List<String> named) {
        scene.mirrors.row(key, attributes);
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");

        scene.operator.sweep();

        List<String> problems = scene.summary(key).summary().problems();
        named.forEach(attribute -> assertThat(problems).anyMatch(problem -> problem.contains(attribute)));
        assertThat(String.join("", problems).length()).isLessThan(20_000);
        assertThat(scene.summary(key).summary().counts().byWord()).containsOnly(Map.entry("Blocked", 1));
        assertThat(scene.pair().claim()).as("the other row's job").isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "golang:1.17, docker.io/library/golang",
        "golang:1.17, index.docker.io/library/golang:1.17",
        "golang, golang:latest",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1, 123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/x:1",
    })
    void aDestinationThatIsTheSourceIsACycleAndTheOthersAreMirrored(String source, String destination) {
        String canonical = ImageReference.parse(source).withDefaultTag().toString();
        String itself = ImageReference.parse(destination).toString();
        String tagged = itself.endsWith("golang") ? itself + ":1.17" : itself;
        scene.mirrors.row(source, destination + ",b.io/x:1");
        scene.source(canonical, "v1");
        scene.registries.found(tagged, digest("v1"));

        scene.operator.pass(source);

        assertThat(scene.pair(source, tagged).state().reason()).isEqualTo(Reason.CYCLE);
        assertThat(scene.pair(source, tagged).state().message()).contains("is the source itself");
        assertThat(scene.queue.spec(scene.onlyJob()).parameters()).containsEntry("dest", "b.io/x:1");
    }

    @Test
    void unknownAttributesAreIgnoredAndNamed() {
        scene.mirrors.row(SOURCE, Map.of(MirrorRow.DESTINATION, DESTINATION, "Colour", "blue"));
        scene.source(SOURCE, "v1");

        scene.operator.pass(SOURCE);

        assertThat(scene.summary(SOURCE).summary().problems()).isEmpty();
        assertThat(scene.summary(SOURCE).summary().row().notices())
                .containsExactly("attribute 'Colour' is unknown and ignored");
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void aMisspeltAttributeIsNamedWithTheOneThatWasMeant() {
        scene.mirrors.row(
                SOURCE, Map.of("Destination", DESTINATION, "Tgas", Map.of(), "interval", "1h", "suspended", true));
        scene.source(SOURCE, "v1");

        scene.operator.pass(SOURCE);

        assertThat(scene.summary(SOURCE).summary().row().notices())
                .containsExactly(
                        "attribute 'Tgas' is unknown and ignored; did you mean Tags?",
                        "attribute 'interval' is unknown and ignored; did you mean Interval?",
                        "attribute 'suspended' is unknown and ignored; did you mean Suspend?");
    }

    @Test
    void rowThatBecameInvalidKeepsItsStatusAndReportsProblems() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.operator.pass(SOURCE);
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Interval", "often"));

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().reason()).isEqualTo(Reason.INVALID_ENTRY);
        assertThat(scene.pair().state().message()).contains("Interval");
        assertThat(scene.statuses.owner(DESTINATION)).isNotNull();
    }

    @Test
    void twoRowsThatMirrorEachOtherAreBothBlocked() {
        String one = "a.io/x:1";
        String two = "b.io/x:1";
        scene.mirrors.row(one, two);
        scene.mirrors.row(two, one);
        scene.source(one, "v1");
        scene.source(two, "v2");

        scene.operator.sweep();
        scene.operator.sweep();

        assertThat(scene.pair(two, one).state().reason()).isEqualTo(Reason.CYCLE);
        assertThat(scene.pair(one, two).state().phase().word()).isIn("Blocked", "Copying");
    }

    @Test
    void aCycleThatIsKnownFromTheListIsNeverCopied() {
        String one = "a.io/x:1";
        String two = "b.io/x:1";
        scene.mirrors.row(one, two);
        scene.mirrors.row(two, "c.io/x:1");
        scene.mirrors.row("c.io/x:1", one);
        scene.source(one, "v1");
        scene.source(two, "v2");
        scene.source("c.io/x:1", "v3");
        list(scene.operator);

        scene.operator.sweep();

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.statuses.pairs())
                .hasSize(3)
                .allMatch(pair -> pair.state().reason() == Reason.CYCLE);
        scene.mirrors.removeRow("c.io/x:1");
        scene.operator.pass("c.io/x:1");
        scene.operator.sweep();
        assertThat(scene.queue.submitCalls()).as("once the circle is cut").hasSize(2);
    }

    @Test
    void theSecondRowForADestinationNamesTheFirst() {
        scene.mirrors.row("a.io/x:1", DESTINATION);
        scene.mirrors.row("b.io/y:1", DESTINATION);
        scene.source("a.io/x:1", "v1");
        scene.source("b.io/y:1", "v2");

        scene.operator.sweep();

        assertThat(scene.queue.submitCalls()).hasSize(1);
        assertThat(scene.pair("b.io/y:1", DESTINATION).state().reason()).isEqualTo(Reason.DESTINATION_CONFLICT);
        assertThat(scene.pair("b.io/y:1", DESTINATION).state().message()).contains("a.io/x:1");
    }

    @Test
    void aDestinationIsFreeOnceItsRowIsGone() {
        theSecondRowForADestinationNamesTheFirst();
        scene.complete(scene.onlyJob());
        scene.mirrors.removeRow("a.io/x:1");

        scene.operator.pass("a.io/x:1");

        assertThat(scene.operator.enqueued).extracting(Object::toString).contains("b.io/y:1");
        scene.operator.pass("b.io/y:1");
        assertThat(scene.pair("b.io/y:1", DESTINATION).state().word()).isEqualTo("Copying");
    }

    @Test
    void ownerWithNothingButANameDoesNotCount() {
        scene.mirrors.row("a.io/x:1", DESTINATION);
        scene.source("a.io/x:1", "v1");
        scene.statuses.failures().failWrite(2, TestingFailures.When.BEFORE);
        assertThatThrownBy(() -> scene.operator.pass("a.io/x:1")).isInstanceOf(PortException.class);
        assertThat(scene.statuses.owner(DESTINATION)).isNotNull();
        scene.mirrors.removeRow("a.io/x:1");
        scene.mirrors.row("b.io/y:1", DESTINATION);
        scene.source("b.io/y:1", "v2");

        scene.operator.pass("b.io/y:1");

        assertThat(scene.pair("b.io/y:1", DESTINATION).state().word()).isEqualTo("Copying");
    }

    @Test
    void removedDestinationIsReleasedAndNothingIsDeleted() {
        scene.mirrors.row(SOURCE, DESTINATION + ",b.io/golang:1.17");
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());
        scene.mirrors.row(SOURCE, DESTINATION);

        scene.operator.pass(SOURCE);

        assertThat(scene.statuses.pairs()).hasSize(1);
        assertThat(scene.statuses.owner("b.io/golang:1.17")).isNull();
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }

    @Test
    void anExpiredRowCountsAsDeleted() {
        scene.mirrors.row(
                SOURCE,
                Map.of(
                        "Destination",
                        DESTINATION,
                        "Expires",
                        new BigDecimal(scene.clock.instant().getEpochSecond())));
        scene.source(SOURCE, "v1");

        assertThat(scene.operator.pass(SOURCE)).isEqualTo(ReconcileResult.DONE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.statuses.pairs()).isEmpty();
    }

    @Test
    void anExpiredRowCountsAsDeletedThoughItIsInvalid() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.operator.pass(SOURCE);

        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Interval", "often", "Expires", BigDecimal.TEN));
        scene.operator.pass(SOURCE);

        assertThat(scene.statuses.pairs()).isEmpty();
        assertThat(scene.summary(SOURCE)).isNull();
    }

    @Test
    void missingRepositoryIsCreatedOrReported() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.registries.answer(DESTINATION, new Resolution.RepositoryMissing());
        scene.missingRepositories.put("a.example.com/golang", "a.example.com/golang does not exist; create it");

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.REPOSITORY_NOT_FOUND);
        scene.missingRepositories.clear();
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void noRepositoryIsMadeBeforeSomethingIsCopied() {
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "MinAge", "1h"));
        scene.source(SOURCE, "v1");
        scene.registries.answer(DESTINATION, new Resolution.RepositoryMissing());

        scene.operator.pass(SOURCE);
        assertThat(scene.createdRepositories).isEmpty();
        scene.clock.advance(Duration.ofHours(1));
        scene.operator.pass(SOURCE);

        assertThat(scene.createdRepositories).containsExactly("a.example.com/golang");
    }

    @Test
    void aSelectionThatGrewTooLargeIsNamedAndTheKnownPairsAreStillLookedAfter() {
        String source = "docker.io/library/golang";
        scene.mirrors.row(
                source, Map.of("Destination", "a.example.com/golang", "Tags", Map.of("Include", List.of("*"))));
        scene.registries.tags(source, "1");
        scene.source(source + ":1", "v1");
        scene.operator.pass(source);
        scene.complete(scene.onlyJob());
        scene.registries.tags(
                source,
                IntStream.range(0, TagExpander.MAX_PAIRS + 1)
                        .mapToObj(i -> "t" + i)
                        .toArray(String[]::new));

        scene.operator.pass(source);

        assertThat(scene.summary(source).summary().problems())
                .singleElement()
                .asString()
                .contains("narrow Tags");
        assertThat(scene.summary(source).summary().ready()).isFalse();
        assertThat(scene.statuses.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.claim()).isNull();
            assertThat(pair.state().word()).isEqualTo("InSync");
        });
        assertThat(scene.operator.live.count()).isZero();
    }

    @Test
    void aSourceThatIsArchivedIsBlockedAndSaysHowToRestoreIt() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.registries.answer(SOURCE, new Resolution.Missing("is archived; restore it"));

        scene.operator.sweep();

        assertThat(scene.pair().state().reason()).isEqualTo(Reason.SOURCE_NOT_FOUND);
        assertThat(scene.pair().state().message()).startsWith(SOURCE + " is archived; restore it");
        assertThat(scene.runningJobs()).isEmpty();
    }

    private void list(Scene.Operator operator) {
        new MirrorInformer(
                        new Ports(scene.mirrors, scene.statuses, scene.registries, scene.queue, RepositoryCreator.NONE),
                        operator.index,
                        operator.live,
                        operator.hints,
                        key -> {},
                        Runnable::run)
                .list();
    }
}
