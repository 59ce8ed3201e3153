package dev.imagemirror.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import dev.imagemirror.operator.testing.TestingDigestResolver;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ReconcilerBuilderTest {
    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @Test
    void namesWhatIsMissing() {
        assertThatNullPointerException()
                .isThrownBy(() -> varying(timed(builder())).build())
                .withMessageContaining("triggeredBy");
        assertThatNullPointerException()
                .isThrownBy(() -> varying(triggered(builder())).build())
                .withMessageContaining("timedBy");
        assertThatNullPointerException()
                .isThrownBy(() -> timed(triggered(builder())).build())
                .withMessageContaining("varying");
    }

    @Test
    void needsNoListener() {
        assertThat(varying(timed(triggered(builder()))).build()).isNotNull();
    }

    private ReconcilerBuilder builder() {
        TestingMirrorTable mirrors = new TestingMirrorTable();
        DigestResolver registries = new TestingDigestResolver();
        Ports ports = new Ports(
                mirrors,
                new TestingStatusTable(mirrors),
                registries,
                new TestingCopyJobQueue(clock),
                RepositoryCreator.NONE);
        Admission admission = new Admission(new Admission.Limits(1, 1), new LiveClaims(), clock, key -> {});
        return new ReconcilerBuilder(ports, ReconcilerSettings.standard("test"), admission);
    }

    private static ReconcilerBuilder triggered(ReconcilerBuilder builder) {
        return builder.triggeredBy(new EntryIndex(), new ReconcileHints(), key -> {});
    }

    private ReconcilerBuilder timed(ReconcilerBuilder builder) {
        return builder.timedBy(clock, () -> 0);
    }

    private static ReconcilerBuilder varying(ReconcilerBuilder builder) {
        return builder.varying(() -> 0, failures -> Duration.ZERO);
    }
}
