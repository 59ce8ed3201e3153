package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SourceTagTest {
    private static final Duration AGE = Duration.ofHours(24);
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Digest A = digest('a');
    private static final Digest B = digest('b');

    @Test
    void aDigestWaitsFromItsFirstSighting() {
        SourceTag tag = SourceTag.first(A, START).seenAt(A, START.plusSeconds(60));

        assertThat(tag.ripeAt(AGE)).isEqualTo(START.plus(AGE));
        assertThat(tag).isEqualTo(SourceTag.first(A, START));
    }

    @Test
    void leavingAndReturningStartsOver() {
        Instant back = START.plus(Duration.ofHours(23));
        SourceTag tag =
                SourceTag.first(A, START).seenAt(B, back.minusSeconds(1)).seenAt(A, back);

        assertThat(tag.ripeAt(AGE)).isEqualTo(back.plus(AGE));
        assertThat(tag.changes()).isEqualTo(2);
    }

    @Test
    void aDigestThatWasOldEnoughOnceDoesNotWaitAgain() {
        Instant back = START.plus(Duration.ofHours(30));
        SourceTag tag = SourceTag.first(A, START)
                .accepted()
                .seenAt(B, back.minusSeconds(1))
                .seenAt(A, back);

        assertThat(tag.ripeAt(AGE)).isEqualTo(back);
        assertThat(tag.seenAt(B, back).ripeAt(AGE)).isEqualTo(back.plus(AGE));
    }

    @Test
    void acceptingForgetsTheChangesAndIsDoneOnce() {
        SourceTag tag = SourceTag.first(A, START).seenAt(B, START).accepted();

        assertThat(tag.changes()).isZero();
        assertThat(tag.known()).containsExactly(B);
        assertThat(tag.accepted()).isEqualTo(tag);
    }

    @Test
    void threeKnownDigestsAreRemembered() {
        SourceTag tag = SourceTag.first(digest('0'), START).accepted();
        for (char c : "123456789abc".toCharArray()) {
            tag = tag.seenAt(digest(c), START).accepted();
        }

        assertThat(tag.known()).containsExactly(digest('c'), digest('b'), digest('a'));
    }

    private static Digest digest(char c) {
        return new Digest("sha256", String.valueOf(c).repeat(64));
    }
}
