package dev.imagemirror.operator.app;

import dev.imagemirror.operator.policy.PolicyChanges;
import dev.imagemirror.operator.policy.PolicyChanges.Change;
import dev.imagemirror.operator.policy.PolicyChanges.Kind;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diff}: what {@code apply} would change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {"Shows what apply would change.", "Exits with 1 if anything."})
final class DiffCommand extends OperatorCommand {
    @Mixin
    PolicyFiles files;

    @Option(
            names = "--prune",
            description = "Rows of policies that came from files before and are not in these files are removed too.")
    boolean prune;

    DiffCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        var policies = files.read();
        try (Wiring wiring = openMirrors()) {
            PolicyChanges.Comparison comparison =
                    new PolicyChanges(wiring.ports().mirrors()).compare(policies, prune);
            List<Change> changes = comparison.changes().stream()
                    .filter(change -> change.kind() != Kind.KEEP)
                    .toList();
            changes.forEach(change -> ChangeText.lines(change).forEach(context().out()::println));
            ChangeText.left(comparison).forEach(context().err()::println);
            return changes.isEmpty() ? Exit.OK : Exit.SOME_FAILED;
        }
    }
}
