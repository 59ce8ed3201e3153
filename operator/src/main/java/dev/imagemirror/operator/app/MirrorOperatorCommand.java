package dev.imagemirror.operator.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code mirror-operator} command itself: so far it can only say what it is. Exit code 64 means wrong usage. */
@Command(
        name = "mirror-operator",
        mixinStandardHelpOptions = true,
        versionProvider = OperatorVersion.class,
        exitCodeOnInvalidInput = MirrorOperatorCommand.EXIT_USAGE,
        description = "Keeps container images equal across registries.",
        footer = {
            "",
            "This version has no commands yet. Planned are:",
            "  run                    the operator itself",
            "  once                   one pass over all entries, then exit",
            "  sync                   one pass over the entries named",
            "  apply, diff, export    mirror policies from YAML files, without a cluster",
            "",
            "To copy an image now, use the mirror command."
        })
final class MirrorOperatorCommand implements Runnable {
    /** {@code EX_USAGE} of sysexits.h. */
    static final int EXIT_USAGE = 64;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "This version has no commands yet.");
    }
}
