package dev.imagemirror.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.policy.PolicyChanges;
import dev.imagemirror.operator.policy.PolicyChanges.Change;
import dev.imagemirror.operator.policy.PolicyChanges.Kind;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.testing.TestingFailures.When;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeRunTest {
    private static final String MANAGER = "file/team";

    private final TestingMirrorTable table = new TestingMirrorTable();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ChangeRun run = new ChangeRun(
            new PolicyChanges(table), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    @Test
    void aRowThatFailsStopsNoOther() {
        table.failures().failWrite(3, When.BEFORE);

        assertThat(run.make(additions(10))).isEqualTo(Exit.UNAVAILABLE);

        assertThat(IntStream.range(0, 10).filter(i -> table.row(key(i)) == null))
                .containsExactly(2);
        assertThat(out.toString(UTF_8).lines())
                .containsSubsequence("+ " + key(2) + " -> b.example/app", "+ " + key(3) + " -> b.example/app")
                .anyMatch(line -> line.startsWith("    failed: the mirror table"))
                .last()
                .isEqualTo("9 added, 0 changed, 0 removed, 0 unchanged, 1 failed");
        assertThat(err.toString(UTF_8)).contains("1 row was not written; run the same command again");
    }

    @Test
    void givesUpOnATableThatKeepsFailing() {
        for (int i = 2; i <= 500; i++) {
            table.failures().failWrite(i, When.BEFORE);
        }

        assertThat(run.make(additions(100))).isEqualTo(Exit.UNAVAILABLE);

        assertThat(table.failures().triedWrites()).isEqualTo(1 + ChangeRun.GIVEN_UP);
        assertThat(out.toString(UTF_8))
                .contains("1 added, 0 changed, 0 removed, 0 unchanged, 10 failed, 89 not attempted");
        assertThat(err.toString(UTF_8)).contains("99 rows were not written");
    }

    @Test
    void rowsOfOthersAreCountedAndMakeOne() {
        table.row(key(0), Map.of(MirrorRow.DESTINATION, "c.example/x", MirrorRow.MANAGED_BY, "file/other"));

        assertThat(run.make(additions(2))).isEqualTo(Exit.SOME_FAILED);

        assertThat(out.toString(UTF_8)).contains("1 added, 0 changed, 0 removed, 0 unchanged, 1 managed by others");
    }

    private static List<Change> additions(int count) {
        return IntStream.range(0, count).mapToObj(ChangeRunTest::addition).toList();
    }

    private static Change addition(int i) {
        EntryKey key = new EntryKey(key(i));
        MirrorRow row =
                new MirrorRow(key, Map.of(MirrorRow.DESTINATION, "b.example/app", MirrorRow.MANAGED_BY, MANAGER));
        return new Change(Kind.ADD, key, MANAGER, null, row);
    }

    private static String key(int i) {
        return "a.example/app" + i + ":1#file/team";
    }
}
