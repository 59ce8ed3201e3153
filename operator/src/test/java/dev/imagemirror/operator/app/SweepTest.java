package dev.imagemirror.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.config.ConfigLoader;
import dev.imagemirror.operator.domain.MirrorEntry;
import dev.imagemirror.operator.reconcile.Ports;
import dev.imagemirror.operator.testing.TestingDigestResolver;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import dev.imagemirror.testing.MutableClock;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SweepTest {
    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final Sweep sweep = new Sweep(
            new Ports(mirrors, new TestingStatusTable(mirrors), new TestingDigestResolver(), null, destination -> null),
            ConfigLoader.load(null, Map.of()).config(),
            new Context(
                    Map.of(), System.out, System.err, MutableClock.atSomeInstant(), new SplittableRandom(1), false));

    @Test
    void entriesAreThoseThatWereListedWithoutReadingARowAgain() {
        mirrors.row("quay.io/team/app:1", "b.example/app");
        mirrors.row("quay.io/team/app:2", "b.example/app");
        mirrors.row("not a reference!", "b.example/app");

        sweep.list();

        assertThat(sweep.entries())
                .extracting(MirrorEntry::key)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("quay.io/team/app:1", "quay.io/team/app:2");
        assertThat(mirrors.scans()).isEqualTo(1);
        assertThat(mirrors.reads()).isEmpty();
    }
}
