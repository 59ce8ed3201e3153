package dev.imagemirror.operator.domain.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.decision.Observation.Referrers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DriftCalculatorTest {
    private static final Map<String, Resolution> SIDES = Map.of(
            "A", new Resolution.Found(new Digest("sha256", "a".repeat(64))),
            "B", new Resolution.Found(new Digest("sha256", "b".repeat(64))),
            "missing", new Resolution.Missing(),
            "no repository", new Resolution.RepositoryMissing(),
            "denied", new Resolution.Denied("403"),
            "unavailable", new Resolution.Unavailable("503", false, null),
            "throttled", new Resolution.Unavailable("429", true, Duration.ofSeconds(9)));

    @ParameterizedTest
    @CsvSource({
        "A, A, IN_SYNC",
        "A, B, STALE",
        "A, missing, MISSING",
        "A, no repository, MISSING",
        "A, denied, UNKNOWN",
        "A, unavailable, UNKNOWN",
        "A, throttled, UNKNOWN",
    })
    void theDestinationDecidesWhenTheSourceIsSeen(String source, String destination, Drift drift) {
        assertThat(drift(source, destination, Referrers.NOT_ASKED)).isEqualTo(drift);
    }

    @ParameterizedTest
    @CsvSource({"missing", "no repository", "denied", "unavailable", "throttled"})
    void aSourceThatIsNotSeenIsUnknownWhateverTheDestination(String source) {
        for (String destination : SIDES.keySet()) {
            for (Referrers referrers : Referrers.values()) {
                Drift drift = drift(source, destination, referrers);

                assertThat(drift).as(destination).isEqualTo(Drift.UNKNOWN);
                assertThat(drift.wantsCopy()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"NOT_ASKED, IN_SYNC", "COMPLETE, IN_SYNC", "LACKING, STALE", "UNKNOWN, UNKNOWN"})
    void referrersDecideWhenTheDigestsAreEqual(Referrers referrers, Drift drift) {
        assertThat(drift("A", "A", referrers)).isEqualTo(drift);
    }

    @ParameterizedTest
    @EnumSource(Referrers.class)
    void referrersDecideNothingOtherwise(Referrers referrers) {
        assertThat(drift("A", "B", referrers)).isEqualTo(Drift.STALE);
        assertThat(drift("A", "missing", referrers)).isEqualTo(Drift.MISSING);
        assertThat(drift("A", "denied", referrers)).isEqualTo(Drift.UNKNOWN);
    }

    @Test
    void onlyMissingAndStaleWantACopy() {
        assertThat(List.of(Drift.values())).filteredOn(Drift::wantsCopy).containsExactly(Drift.MISSING, Drift.STALE);
    }

    private static Drift drift(String source, String destination, Referrers referrers) {
        Resolution.Unavailable unread =
                referrers == Referrers.UNKNOWN ? new Resolution.Unavailable("x/y: time-out", false, null) : null;
        return DriftCalculator.of(new Observation(SIDES.get(source), SIDES.get(destination), referrers, unread));
    }
}
