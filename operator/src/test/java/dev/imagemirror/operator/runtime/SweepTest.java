package dev.imagemirror.operator.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.config.ConfigLoader;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.testing.TestingDigestResolver;
import dev.imagemirror.operator.testing.TestingLog;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import dev.imagemirror.testing.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SweepTest {
    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingDigestResolver registries = new TestingDigestResolver();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Sweep sweep = new Sweep(
            new Ports(
                    mirrors,
                    new TestingStatusTable(mirrors),
                    registries,
                    null,
                    destination -> new RepositoryCreator.Exists()),
            ConfigLoader.load(null, Map.of()).config(),
            new Context(
                    Map.of(),
                    System.out,
                    new PrintStream(err, true, UTF_8),
                    MutableClock.atSomeInstant(),
                    new SplittableRandom(1),
                    false));

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

    @Test
    void reportsItsProgressAndThatOfItsJobs() throws InterruptedException {
        mirrors.row("quay.io/team/app:1", "b.example/app");
        mirrors.row("slow.example/team/app:1", "b.example/other");
        registries.answer("quay.io/team/app:1", new Resolution.Missing());
        registries.block("slow.example");
        sweep.tell(
                () -> List.of(job(CopyJob.State.RUNNING, 1 << 20), job(CopyJob.State.SUCCEEDED, 5)),
                Duration.ofMillis(10));
        sweep.list();
        Thread run =
                new Thread(() -> assertThatCode(() -> sweep.once(sweep.all())).doesNotThrowAnyException());
        run.start();
        try {
            await().untilAsserted(() -> assertThat(err.toString(UTF_8))
                    .contains("mirror-operator: 1 of 2 entries done; 1 copy job, 1.0 MiB of 3.0 MiB\n"));
        } finally {
            registries.unblock("slow.example");
            run.join();
        }
    }

    @Test
    void anOutageOfTheTablesIsALineWhenItBeginsAndACountAtTheEnd() throws InterruptedException {
        for (int row = 0; row < 16; row++) {
            mirrors.row("quay.io/team/app:" + row, "b.example/app" + row);
        }
        sweep.list();
        mirrors.beforeLoad(() -> {
            throw new PortException("table mirrors", "table mirrors: no answer", null);
        });
        try (TestingLog log = TestingLog.of("dev.imagemirror.operator.runtime")) {
            assertThat(sweep.passes(sweep.all())).hasSize(16);

            assertThat(log.messages()).hasSize(2);
            assertThat(log.messages().get(0))
                    .startsWith("reconciling quay.io/team/app:")
                    .endsWith(" failed: table mirrors: no answer");
            assertThat(log.messages().get(1)).isEqualTo("16 reconciles failed because table mirrors is unavailable");
        }
    }

    private static JobProgress job(CopyJob.State state, long moved) {
        return new JobProgress(new CopyJob("id", "mirror-1", state, "", null, null, null), 2, 1, 3 << 20, moved, 1, 0);
    }
}
