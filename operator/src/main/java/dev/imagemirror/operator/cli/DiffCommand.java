package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.cli.view.ChangeText;
import dev.imagemirror.operator.policy.PolicyChanges;
import dev.imagemirror.operator.policy.PolicyChanges.Change;
import dev.imagemirror.operator.policy.PolicyChanges.Kind;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.wiring.Wiring;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diff}: what {@code apply} would change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {"Shows what apply would change.", "Exits with 1 if there are changes."})
final class DiffCommand extends OperatorCommand {
    @Mixin
    PolicyFiles files;

    @Option(
            names = "--prune",
            description = "Also remove rows of policies applied from files earlier that are not in these files.")
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
