package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.SyncState;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.text.Amounts;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a one-shot run found and did: counts and text. */
public final class SweepResult {
    private final Map<EntryKey, String> failures;
    private final List<SyncState> states = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private int entries;
    private boolean failed;

    /** @param failures passes that could not be completed */
    SweepResult(Map<EntryKey, String> failures) {
        this.failures = failures;
        failed = !failures.isEmpty();
    }

    void add(EntryRecords records) {
        if (records.entry().version() == 0) {
            left(records);
            return;
        }
        entries++;
        records.entry()
                .summary()
                .problems()
                .forEach(problem -> fault(records.entry().key() + ": " + problem));
        if (!records.entry().summary().message().isEmpty()
                && records.entry().summary().problems().isEmpty()) {
            fault(records.entry().key() + ": " + records.entry().summary().message());
        }
        records.shown().forEach(this::add);
    }

    /** The row is gone; only what a pass has to leave alone remains. */
    private void left(EntryRecords records) {
        records.refused().lasting().forEach(item -> fault(records.entry().key() + ": " + item.fault()));
        records.refused().pairs().forEach(this::add);
    }

    private void add(PairStatus pair) {
        states.add(pair.state().syncState());
        boolean good = (pair.state().phase() == Phase.IDLE && !pair.state().isRefused())
                || pair.state().phase() == Phase.COPYING
                || isPlannedWait(pair.state().reason());
        if (!good) {
            fault(pair.pair().source() + " -> " + pair.destination() + ": " + EntryView.reason(pair));
        }
    }

    private static boolean isPlannedWait(@Nullable Reason reason) {
        return reason != null && reason.isPlannedWait();
    }

    private void fault(String line) {
        failed = true;
        lines.add(line);
    }

    /** Prints the result, and returns the exit code. */
    public int report(PrintStream out) {
        out.println(Amounts.count(entries, "entry", "entries") + ": "
                + (states.isEmpty()
                        ? "no pairs"
                        : StateCounts.of(states.stream()).text()));
        failures.forEach((key, message) -> out.println(key + ": reconcile failed: " + message));
        lines.forEach(out::println);
        return failed ? Exit.SOME_FAILED : Exit.OK;
    }
}
