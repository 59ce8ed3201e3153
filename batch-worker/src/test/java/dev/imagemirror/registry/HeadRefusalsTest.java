package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadRefusalsTest {
    private static final Repository A = new Repository("r", "a");
    private static final Repository B = new Repository("r", "b");
    private static final Repository C = new Repository("r", "c");

    private final MutableClock clock = MutableClock.atSomeInstant();
    private final HeadRefusals proven = new HeadRefusals(clock, 1);
    private final HeadRefusals suspected = new HeadRefusals(clock, 2);

    private static RegistryException error(int status) {
        return RegistryException.answered(ErrorKind.REFUSED, status, "no HEAD");
    }

    private static RegistryException failure() {
        return RegistryException.temporary(503, "down", null);
    }

    @Test
    void rememberNoMoreThanAThousandRegistries() {
        for (int number = 0; number <= 1000; number++) {
            proven.note(new Repository("r" + number, "a"), error(405));
        }

        assertThat(proven.has(new Repository("r0", "a"))).as("the oldest").isFalse();
        assertThat(proven.has(new Repository("r1", "a"))).isTrue();
        assertThat(proven.has(new Repository("r1000", "a"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501})
    void applyToTheWholeRegistryIfTheMethodIsUnsupported(int status) {
        suspected.note(A, error(status));

        assertThat(suspected.has(A)).isTrue();
        assertThat(suspected.has(B)).isTrue();
        assertThat(suspected.has(new Repository("other", "a"))).isFalse();
    }

    @Test
    void areOfAllRepositoriesIfTheRegistryLeadsElsewhere() {
        suspected.note(A, error(403).asElsewhere());

        assertThat(suspected.has(B)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 410})
    void applyToOneRepositoryUntilAnotherRefuses(int status) {
        proven.note(A, error(status));
        proven.note(A, error(status));

        assertThat(proven.has(A)).isTrue();
        assertThat(proven.has(B)).isFalse();

        proven.note(B, error(status));
        assertThat(proven.has(C)).isTrue();
    }

    @Test
    void areBelievedTheSecondTimeIfTheyAreNotProven() {
        suspected.note(A, error(400));
        assertThat(suspected.has(A)).isFalse();

        suspected.note(A, error(400));
        assertThat(suspected.has(A)).isTrue();
    }

    @Test
    void areForgottenAfterAnHour() {
        suspected.note(A, error(400));
        clock.advance(Duration.ofHours(1));
        suspected.note(B, error(400));

        assertThat(suspected.has(A)).isFalse();
        assertThat(suspected.has(C)).isFalse();
    }

    @Test
    void areForgottenSoonIfTheyWereTransient() {
        proven.note(A, failure());
        assertThat(proven.has(A)).isTrue();

        clock.advance(Duration.ofMinutes(5));

        assertThat(proven.has(A)).isFalse();
    }
}
