package dev.imagemirror.operator.app;

import dev.imagemirror.operator.cli.MirrorOperator;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.program.LogProperties;
import dev.imagemirror.operator.text.Output;
import dev.imagemirror.text.TerminalWidth;
import dev.imagemirror.worker.OpenFiles;
import dev.imagemirror.worker.credentials.AwsRegion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;

/** Entry point of the {@code mirror-operator} command; the exit code is the command's. */
public final class Main {
    private static final String LOG_FORMAT_VARIABLE = "MIRROR_OPERATOR_LOG_FORMAT";

    /** The program's own and its libraries' files, and connections to AWS, to registries and from clients. */
    private static final int OPEN_FILES = 512;

    private Main() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        String shortage = OpenFiles.shortage(OPEN_FILES);
        if (!shortage.isEmpty()) {
            System.err.println("mirror-operator: " + shortage);
            System.exit(Exit.CONFIG);
        }
        boolean isService = arguments.length > 0 && arguments[0].equals("run");
        System.setProperty(LogProperties.LEVEL, isService ? "INFO" : "WARN");
        System.setProperty(LogProperties.FORMAT, logFormat(System.getenv().getOrDefault(LOG_FORMAT_VARIABLE, "")));
        AwsRegion.followCli(System.getenv());
        Context context = new Context(
                System.getenv(),
                new Output(new FileOutputStream(FileDescriptor.out)),
                System.err,
                Clock.systemUTC(),
                new SecureRandom(),
                isTerminal(),
                new TerminalWidth(System.getenv()));
        System.exit(new MirrorOperator(context).run(arguments));
    }

    private static String logFormat(String wanted) {
        String format = wanted.trim().toLowerCase(Locale.ROOT);
        if (!format.isEmpty() && !format.equals("text") && !format.equals(LogProperties.JSON)) {
            System.err.println(
                    "mirror-operator: " + LOG_FORMAT_VARIABLE + " '" + wanted + "' is invalid; expected text or json");
        }
        return format.equals(LogProperties.JSON) ? LogProperties.JSON : "text";
    }

    /** Since JDK 22 System.console() may exist without a terminal; a method tells the two apart. */
    @SuppressWarnings("SystemConsoleNull") // null meant no terminal before JDK 22
    private static boolean isTerminal() {
        Object console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22, a console implies a terminal
        }
    }
}
