package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only what was seen is a reason to copy. */
class UnknownNeverCopiesTest {
    private final Scene scene = new Scene();

    static Stream<Resolution> notSeen() {
        return Stream.of(
                new Resolution.Denied("answered 401; give credentials"),
                new Resolution.Denied("answered 403; give rights"),
                new Resolution.Unavailable("answered 429", true, Duration.ofMinutes(5)),
                new Resolution.Unavailable("answered 503", false, null),
                new Resolution.Unavailable("timed out", false, null),
                new Resolution.Unavailable("host name cannot be resolved", false, null));
    }

    @ParameterizedTest
    @MethodSource("notSeen")
    void whenTheSourceIsNotSeen(Resolution answer) {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.registries.answer(SOURCE, answer);

        scene.operator.pass(SOURCE);

        assertNothingIsCopied(answer);
    }

    @ParameterizedTest
    @MethodSource("notSeen")
    void whenTheDestinationIsNotSeen(Resolution answer) {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.registries.answer(DESTINATION, answer);

        scene.operator.pass(SOURCE);

        assertNothingIsCopied(answer);
    }

    @Test
    void aMissingDestinationIsCopiedTo() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.registries.answer(DESTINATION, new Resolution.Missing());

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().drift()).isEqualTo(Drift.MISSING);
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void aMissingSourceBlocksUntilItIsThere() {
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Interval", "5m"));
        scene.registries.answer(SOURCE, new Resolution.Missing());

        Duration wait = scene.operator.untilNext(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().phase()).isEqualTo(Phase.BLOCKED);
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.SOURCE_NOT_FOUND);
        assertThat(wait).as("Rechecked at the next interval").isLessThanOrEqualTo(Duration.ofMinutes(5));
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void unknownReferrersAreNoReason() {
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Referrers", true));
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.registries.referrers("docker.io/library/golang", digest("v1"), digest("signature"));
        String fault = "the list of referrers is incomplete: page 2 answered 404";
        scene.registries.noReferrers(
                "a.example.com/golang", digest("v1"), new Resolution.Unavailable(fault, false, null));

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().drift()).isEqualTo(Drift.UNKNOWN);
        assertThat(scene.pair().state().message())
                .isEqualTo("the image's referrers cannot be read at " + DESTINATION + ": " + fault + "; retrying");
    }

    @Test
    void reportsUnreadableSourceReferrersWithTheReason() {
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Referrers", true));
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.registries.noReferrers(
                "docker.io/library/golang", digest("v1"), new Resolution.Denied("docker.io answered 403"));

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().drift()).isEqualTo(Drift.UNKNOWN);
        assertThat(scene.pair().state().message())
                .startsWith("the image's referrers cannot be read at " + SOURCE + ": docker.io answered 403");
    }

    private void assertNothingIsCopied(Resolution answer) {
        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().drift()).isEqualTo(Drift.UNKNOWN);
        boolean denied = answer instanceof Resolution.Denied;
        assertThat(scene.pair().state().reason()).isEqualTo(denied ? Reason.ACCESS_DENIED : Reason.BACKOFF);
        assertThat(scene.pair().state().message()).contains(denied ? "answered 40" : "cannot be checked");
    }
}
