package dev.imagemirror.operator.testing;

import static dev.imagemirror.operator.testing.TestingValues.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.operator.port.PortException;
import org.junit.jupiter.api.Test;

/** The stand-in does what the real one does, and fails when told to. */
class TestingStatusTableTest extends InMemoryStatusTableContract {
    @Test
    void failsTheSecondWriteBeforeItsEffect() {
        statuses.failures().failWrite(2, TestingFailures.When.BEFORE);
        statuses.write(fresh("a/b:1", "c/d:1"));

        assertThatExceptionOfType(PortException.class).isThrownBy(() -> statuses.write(fresh("a/b:1", "c/d:2")));

        assertThat(statuses.pairs()).hasSize(1);
        assertThat(statuses.writes()).isEqualTo(1);
    }

    @Test
    void failsTheNextWriteAfterItsEffect() {
        statuses.failures().failNextWrite(TestingFailures.When.AFTER);

        assertThatExceptionOfType(PortException.class).isThrownBy(() -> statuses.write(fresh("a/b:1", "c/d:1")));

        assertThat(statuses.pairs()).hasSize(1);
    }
}
