package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.claim.ReconcilerSettings.Deadlines;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a job may run. */
class DeadlinesTest {
    private static final long GIB = 1L << 30;

    private final Scene scene = new Scene();

    @BeforeEach
    void aRowHasDrifted() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
    }

    @ParameterizedTest
    @CsvSource({"0, 900", "1, 1412", "10, 6020", "81, 42372", "84, 43200", "100000, 43200"})
    void aJobMayRunAsLongAsItsImagesSizeNeedsUpToALimit(long gib, int seconds) {
        scene.registries.size("docker.io/library/golang", digest("v1"), gib * GIB);

        assertThat(submittedDeadline()).isEqualTo(seconds);
    }

    @Test
    void aJobOfAnUnknownSizeMayRunLongest() {
        assertThat(submittedDeadline()).isEqualTo(12 * 60 * 60);
    }

    @Test
    void theDeadlineIsNeverBelowTheLeastThatBatchTakes() {
        Deadlines brief = new Deadlines(Duration.ofMinutes(1), Duration.ofSeconds(10), 1000, Duration.ofHours(1));

        assertThat(brief.seconds(OptionalLong.of(1000))).isEqualTo(60);
    }

    private int submittedDeadline() {
        scene.operator.pass(SOURCE);
        return scene.queue.spec(scene.onlyJob()).deadlineSeconds();
    }
}
