package dev.imagemirror.operator.app;

import dev.imagemirror.operator.policy.PolicyChanges;
import dev.imagemirror.operator.policy.PolicyChanges.Change;
import dev.imagemirror.operator.policy.PolicyChanges.Kind;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apply}: makes the table say what files say. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the rows of the files' policies equal to the files: new mirrors are added, changed ones changed, and "
                    + "rows of these policies that the files no longer have are removed.",
            "Rows made by hand and those of others are left alone. Nothing is deleted at a registry.",
            "To remove a policy, apply it with 'mirrors: []', or the others with --prune."
        })
final class ApplyCommand extends OperatorCommand {
    @Mixin
    PolicyFiles files;

    @Option(
            names = "--prune",
            description = "Rows of policies that came from files before and are not in these files are removed too.")
    boolean prune;

    ApplyCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        var policies = files.read();
        try (Wiring wiring = openTables()) {
            PolicyChanges table = new PolicyChanges(wiring.ports().mirrors());
            PolicyChanges.Comparison comparison = table.compare(policies, prune);
            List<Change> changes = comparison.changes();
            boolean all = true;
            for (Change change : changes) {
                boolean made = table.make(change);
                all &= made;
                if (change.kind() != Kind.KEEP || !made) {
                    ChangeText.lines(change).forEach(context().out()::println);
                }
                if (!made) {
                    say("    not made: somebody else has the row (its ManagedBy is not %s)", change.manager());
                }
            }
            say("%s", summary(changes));
            ChangeText.left(comparison).forEach(context().err()::println);
            return all ? Exit.OK : Exit.SOME_FAILED;
        }
    }

    private static String summary(List<Change> changes) {
        return count(changes, Kind.ADD) + " added, " + count(changes, Kind.CHANGE) + " changed, "
                + count(changes, Kind.REMOVE) + " removed, " + count(changes, Kind.KEEP) + " unchanged";
    }

    private static long count(List<Change> changes, Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }
}
