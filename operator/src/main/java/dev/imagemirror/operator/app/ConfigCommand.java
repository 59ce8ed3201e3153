package dev.imagemirror.operator.app;

import picocli.CommandLine.Command;

/** {@code config}: the effective values. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Shows every setting: its effective value, where that comes from, what it means, its environment "
                + "variable. Reports all errors at once.")
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
