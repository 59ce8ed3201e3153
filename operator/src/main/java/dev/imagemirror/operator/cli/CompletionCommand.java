package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: what a shell needs to complete this command's words. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script by which bash and zsh complete commands and options.")
final class CompletionCommand extends OperatorCommand {
    @Spec
    private CommandSpec spec;

    CompletionCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        context().control(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
        return Exit.OK;
    }
}
