package dev.imagemirror.operator.app;

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
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, but some entries failed, are blocked or differ",
            "64:the command line is wrong",
            "65:a file's content is wrong",
            "66:a file or an entry does not exist",
            "69:a table or queue cannot be reached: try again",
            "70:a fault of this program",
            "74:the output could not be written (a full disk, a closed pipe)",
            "78:the configuration is wrong"
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
