package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.cli.view.ChangeText;
import dev.imagemirror.operator.policy.PolicyChanges;
import dev.imagemirror.operator.policy.PolicyChanges.Change;
import dev.imagemirror.operator.policy.PolicyChanges.Kind;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.text.Amounts;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Applies changes to the mirror table one by one and prints each; a failure does not stop the rest. */
final class ChangeRun {
    /** After this many consecutive failures the table is assumed unavailable, and the rest is not attempted. */
    static final int GIVEN_UP = 10;

    private final PolicyChanges table;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<Kind, Integer> made = new EnumMap<>(Kind.class);
    private int refused;
    private int failed;
    private int inARow;

    ChangeRun(PolicyChanges table, PrintStream out, PrintStream err) {
        this.table = table;
        this.out = out;
        this.err = err;
    }

    /** The exit code: all applied, some rows managed by someone else, or the table failed. */
    int make(List<Change> changes) {
        for (Change change : changes) {
            if (inARow < GIVEN_UP) {
                make(change);
            }
        }
        int untried = changes.size() - made.values().stream().mapToInt(i -> i).sum() - refused - failed;
        out.println(summary(untried));
        if (failed > 0) {
            err.println("mirror-operator: " + Amounts.count(failed + untried, "row was", "rows were")
                    + " not written; run the same command again, or 'mirror-operator doctor' to find out what"
                    + " is wrong");
            return Exit.UNAVAILABLE;
        }
        return refused > 0 ? Exit.SOME_FAILED : Exit.OK;
    }

    private void make(Change change) {
        try {
            boolean isMade = table.make(change);
            inARow = 0;
            if (isMade) {
                made.merge(change.kind(), 1, Integer::sum);
            } else {
                refused++;
            }
            if (change.kind() != Kind.KEEP || !isMade) {
                ChangeText.lines(change).forEach(out::println);
            }
            if (!isMade) {
                out.println("    skipped: the row is managed by someone else (its ManagedBy is not " + change.manager()
                        + ")");
            }
        } catch (PortException e) {
            failed++;
            inARow++;
            ChangeText.lines(change).forEach(out::println);
            out.println("    failed: " + e.getMessage());
        }
    }

    private String summary(int untried) {
        return count(Kind.ADD) + " added, " + count(Kind.CHANGE) + " changed, " + count(Kind.REMOVE) + " removed, "
                + count(Kind.KEEP) + " unchanged"
                + (refused > 0 ? ", " + refused + " managed by others" : "")
                + (failed > 0 ? ", " + failed + " failed" : "")
                + (untried > 0 ? ", " + untried + " not attempted" : "");
    }

    private int count(Kind kind) {
        return made.getOrDefault(kind, 0);
    }
}
