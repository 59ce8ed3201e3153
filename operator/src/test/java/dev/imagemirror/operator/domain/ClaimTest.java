package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Digest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimTest {
    private static final Instant THEN = Instant.parse("2030-01-01T00:00:00Z");
    private static final CopyJobSpec JOB =
            new CopyJobSpec("q", "d:1", Map.of(CopyJobSpec.SOURCE, "a.io/x:1"), Map.of(), 3600);

    static Claim claim() {
        return new Claim("0123abcd", "one", 1, THEN, new Digest("sha256", "a".repeat(64)), JOB, null);
    }

    @Test
    void theJobIsNamedAfterTheClaim() {
        assertThat(claim().jobName()).isEqualTo("mirror-0123abcd");
    }

    @Test
    void submittingRecordsTheJobAndNothingElse() {
        assertThat(claim().submittedAs("job 1"))
                .isEqualTo(new Claim("0123abcd", "one", 1, THEN, claim().digest(), JOB, "job 1"));
    }

    @Test
    void aTakeoverKeepsNameDigestAndJobButNotTheJobsId() {
        Claim taken = claim().submittedAs("job 1").takenOverBy("two", THEN.plusSeconds(120));

        assertThat(taken)
                .isEqualTo(new Claim("0123abcd", "two", 2, THEN.plusSeconds(120), claim().digest(), JOB, null));
        assertThat(taken.takenOverBy("three", THEN).epoch()).isEqualTo(3);
    }

    @Test
    void aDeadlineBelowAMinuteIsRefused() {
        assertThatThrownBy(() -> new CopyJobSpec("q", "d", Map.of(), Map.of(), 59))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
