package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.program.Exit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mirror-operator} without a command: lists the commands. */
@Command(
        name = "mirror-operator",
        mixinStandardHelpOptions = true,
        versionProvider = OperatorVersion.class,
        exitCodeOnInvalidInput = Exit.USAGE,
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Keeps container images in sync across registries. Each row of a DynamoDB table declares a source and its "
                    + "destinations; the operator compares digests and submits jobs that copy drifted images.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mirror-operator apply -f mirrors.yaml && mirror-operator run",
            "  mirror-operator status --state Blocked",
            "  mirror-operator explain docker.io/library/golang:1.17",
            "",
            "AWS region, credentials and endpoints (AWS_ENDPOINT_URL...) come from the AWS SDK's default chain."
        })
final class MirrorOperatorCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "missing command");
    }
}
