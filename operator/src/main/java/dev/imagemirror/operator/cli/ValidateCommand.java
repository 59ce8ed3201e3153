package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.policy.Policy;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code validate}: checks policy files. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {"Validates MirrorPolicy files without accessing a table.", "Reports all errors at once."})
final class ValidateCommand extends OperatorCommand {
    @Mixin
    PolicyFiles files;

    ValidateCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        for (Policy policy : files.read()) {
            say("%s: %d mirrors, valid", policy.name(), policy.rows().size());
        }
        return Exit.OK;
    }
}
