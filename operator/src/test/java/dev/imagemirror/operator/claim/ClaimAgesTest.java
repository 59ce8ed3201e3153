package dev.imagemirror.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.testing.TestingValues;
import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClaimAgesTest {
    private static final Claim CLAIM = TestingValues.full("a/b:1", "x/y:1").liveClaim();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = new MutableClock(CLAIM.claimedAt());
    private long nanos;
    private final ClaimAges ages = new ClaimAges(() -> nanos, clock, false);

    @Test
    void askingForAnAgeDoesNotStartIt() {
        assertThat(ages.of(CLAIM)).isZero();
        pass(MINUTE);
        assertThat(ages.of(CLAIM)).isZero();
    }

    @Test
    void aClaimAgesFromItsFirstStart() {
        ages.start(CLAIM);
        pass(MINUTE);
        ages.start(CLAIM);
        pass(MINUTE);

        assertThat(ages.of(CLAIM)).isEqualTo(MINUTE.multipliedBy(2));
    }

    @Test
    void aClaimWithAnotherJobOrEpochAgesAnew() {
        ages.start(CLAIM);
        pass(MINUTE);

        assertThat(ages.of(CLAIM.submittedAs("another"))).isZero();
        assertThat(ages.of(CLAIM.takenOverBy("another", clock.instant()))).isZero();
    }

    @Test
    void anEndedClaimHasNoAge() {
        ages.start(CLAIM);
        pass(MINUTE);

        ages.forget(CLAIM.id());

        assertThat(ages.of(CLAIM)).isZero();
    }

    @Test
    void onlyAOneShotRunGoesByTheInstantThatWasWritten() {
        clock.advance(MINUTE);

        assertThat(ages.forGrace(CLAIM)).isZero();
        assertThat(new ClaimAges(() -> nanos, clock, true).forGrace(CLAIM)).isEqualTo(MINUTE);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
