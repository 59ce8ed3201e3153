package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import picocli.CommandLine.Command;

/** {@code config}: the effective values. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = {
            "Shows all settings and their values.",
            "Includes where each value comes from, what the setting means, and its environment variable. Reports all"
                    + " errors at once."
        })
final class ConfigCommand extends OperatorCommand {
    ConfigCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        config().lines().forEach(context().out()::println);
        return Exit.OK;
    }
}
