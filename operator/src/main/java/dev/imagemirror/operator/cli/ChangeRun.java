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

/** Makes changes of the mirror table one after the other, and tells of each; one that fails stops no other. */
final class ChangeRun {
    /** So many failures in a row are the table's: the rest is not tried, which could take hours. */
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

    /** The exit code: whether all were made, somebody else has rows, or the table failed. */
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
                    + " not made; apply the same files again, 'mirror-operator doctor' says what is missing");
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
                out.println("    not made: somebody else has the row (its ManagedBy is not " + change.manager() + ")");
            }
        } catch (PortException e) {
            failed++;
            inARow++;
            ChangeText.lines(change).forEach(out::println);
            out.println("    not made: " + e.getMessage());
        }
    }

    private String summary(int untried) {
        return count(Kind.ADD) + " added, " + count(Kind.CHANGE) + " changed, " + count(Kind.REMOVE) + " removed, "
                + count(Kind.KEEP) + " unchanged"
                + (refused > 0 ? ", " + refused + " of others" : "")
                + (failed > 0 ? ", " + failed + " failed" : "")
                + (untried > 0 ? ", " + untried + " not tried" : "");
    }

    private int count(Kind kind) {
        return made.getOrDefault(kind, 0);
    }
}
