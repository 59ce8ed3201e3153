package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.cli.view.ChangeText;
import dev.imagemirror.operator.policy.PolicyChanges;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.wiring.Wiring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apply}: syncs the mirror table with policy files. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Syncs the mirror table with the policies in the given files.",
            "Adds new mirrors, updates changed ones, and removes rows of these policies that are no longer in the "
                    + "files.",
            "Rows added by hand or managed by others are left alone. Nothing is ever deleted from a registry.",
            "To remove a policy, apply it with 'mirrors: []', or apply the remaining ones with --prune."
        })
final class ApplyCommand extends OperatorCommand {
    @Mixin
    PolicyFiles files;

    @Option(
            names = "--prune",
            description = "Also remove rows of policies applied from files earlier that are not in these files.")
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
