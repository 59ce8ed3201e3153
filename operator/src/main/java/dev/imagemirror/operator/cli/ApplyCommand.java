package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.cli.view.ChangeText;
import dev.imagemirror.operator.policy.PolicyChanges;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.wiring.Wiring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apply}: makes the table say what files say. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the rows of the files' policies equal to the files.",
            "New mirrors are added, changed ones changed, and rows of these policies that the files no longer have are "
                    + "removed.",
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
        try (Wiring wiring = openMirrors()) {
            PolicyChanges table = new PolicyChanges(wiring.ports().mirrors());
            PolicyChanges.Comparison comparison = table.compare(policies, prune);
            int exitCode = new ChangeRun(table, context().out(), context().err()).make(comparison.changes());
            ChangeText.left(comparison).forEach(context().err()::println);
            return exitCode;
        }
    }
}
