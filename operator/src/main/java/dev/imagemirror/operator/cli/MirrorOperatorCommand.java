package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.program.Exit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mirror-operator} itself: says which commands there are. */
@Command(
        name = "mirror-operator",
        mixinStandardHelpOptions = true,
        versionProvider = OperatorVersion.class,
        exitCodeOnInvalidInput = Exit.USAGE,
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Keeps container images equal across registries: each row of a DynamoDB table says which image belongs where; "
                    + "digests are compared, and what has drifted is copied by jobs.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mirror-operator apply -f mirrors.yaml && mirror-operator run",
            "  mirror-operator status --state Blocked",
            "  mirror-operator explain docker.io/library/golang:1.17",
            "",
            "AWS region, credentials and endpoints (AWS_ENDPOINT_URL...) come from the SDK's standard chain."
        })
final class MirrorOperatorCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
    }
}
