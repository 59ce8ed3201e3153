package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.MutableClock;
import org.junit.jupiter.api.Test;

class HeadRefusalsTest {
    private final HeadRefusals refusals = new HeadRefusals(MutableClock.atSomeInstant());
    private final RegistryException error = RegistryException.answered(ErrorKind.REFUSED, 405, "no HEAD");

    @Test
    void rememberNoMoreThanAThousandRegistries() {
        for (int number = 0; number <= 1000; number++) {
            refusals.note("r" + number, error);
        }

        assertThat(refusals.has("r0")).as("the oldest").isFalse();
        assertThat(refusals.has("r1")).isTrue();
        assertThat(refusals.has("r1000")).isTrue();
    }

    @Test
    void areOfOneRegistry() {
        refusals.note("a", error);

        assertThat(refusals.has("b")).isFalse();
    }
}
