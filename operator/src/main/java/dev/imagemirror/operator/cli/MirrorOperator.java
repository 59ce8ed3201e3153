package dev.imagemirror.operator.cli;

import dev.imagemirror.image.VisibleStream;
import dev.imagemirror.operator.config.ConfigException;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.WrongKeyException;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.text.Output;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Assembles the commands and translates failures into messages and exit codes. */
public final class MirrorOperator {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorOperator.class);

    private final Context context;

    public MirrorOperator(Context context) {
        this.context = context;
    }

    public int run(String... arguments) {
        int exitCode = commandLine().execute(arguments);
        boolean isAnswer = exitCode == Exit.OK || exitCode == Exit.SOME_FAILED;
        if (!isAnswer || !context.out().checkError()) {
            return exitCode;
        }
        return Output.isClosedPipe(context.out()) ? Exit.CLOSED_PIPE : say(Exit.OUTPUT, "cannot write the output");
    }

    CommandLine commandLine() {
        CommandLine line = new CommandLine(new MirrorOperatorCommand());
        line.addSubcommand(new RunCommand(context))
                .addSubcommand(new OnceCommand(context))
                .addSubcommand(new SyncCommand(context))
                .addSubcommand(new StatusCommand(context))
                .addSubcommand(new ExplainCommand(context))
                .addSubcommand(new PlanCommand(context))
                .addSubcommand(new ValidateCommand(context))
                .addSubcommand(new ApplyCommand(context))
                .addSubcommand(new DiffCommand(context))
                .addSubcommand(new ExportCommand(context))
                .addSubcommand(new ConfigCommand(context))
                .addSubcommand(new DoctorCommand(context))
                .addSubcommand(new CompletionCommand(context))
                .addSubcommand(new CommandLine.HelpCommand());
        Examples.addTo(line);
        ExitCodes.addTo(line);
        // picocli does not pass this code on to subcommands
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().exitCodeOnInvalidInput(Exit.USAGE));
        return line.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8))
                .setErr(VisibleStream.over(context.err()).writer())
                .setParameterExceptionHandler((e, arguments) -> misused(e))
                .setExecutionExceptionHandler((e, command, parsed) -> explain(e));
    }

    private int misused(CommandLine.ParameterException e) {
        CommandLine command = e.getCommandLine();
        String words =
                e instanceof CommandLine.UnmatchedArgumentException unmatched ? unmatched(unmatched) : e.getMessage();
        return say(Exit.USAGE, words, "See '" + command.getCommandSpec().qualifiedName() + " --help'");
    }

    private static String unmatched(CommandLine.UnmatchedArgumentException e) {
        String first = "'" + e.getUnmatched().get(0) + "'";
        if (e.isUnknownOption()) {
            return "unknown option " + first;
        }
        return e.getCommandLine().getParent() == null ? "unknown command " + first : "unexpected argument " + first;
    }

    private int explain(Exception e) {
        if (e instanceof CommandFailure failure) {
            return say(failure.exitCode(), failure.getMessage(), failure.more());
        }
        if (e instanceof ConfigException config) {
            config.errors().forEach(error -> say(Exit.CONFIG, error));
            return say(Exit.CONFIG, "invalid configuration; see docs/configuration.md for all settings");
        }
        if (e instanceof WrongKeyException) {
            return say(Exit.CONFIG, e.getMessage());
        }
        if (e instanceof PortException) {
            LOG.debug("{}", e.getMessage(), e.getCause());
            return say(Exit.UNAVAILABLE, e.getMessage(), "Run 'mirror-operator doctor' to find out what is wrong");
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return say(Exit.UNAVAILABLE, "interrupted; claims are kept, and the next run resumes them");
        }
        e.printStackTrace(context.err());
        return say(Exit.INTERNAL, "internal error; please report it: " + e);
    }

    private int say(int exitCode, @Nullable String words, String... more) {
        context.err().println("mirror-operator: " + words);
        List.of(more).forEach(context.err()::println);
        return exitCode;
    }
}
