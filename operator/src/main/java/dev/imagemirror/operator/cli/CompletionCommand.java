package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a shell completion script. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a completion script for bash and zsh.")
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
