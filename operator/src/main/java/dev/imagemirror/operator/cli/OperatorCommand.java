package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.config.ConfigLoader;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.config.UnknownVariables;
import dev.imagemirror.operator.doctor.TableForm;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.wiring.Wiring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Base class of all commands: configuration and context. */
abstract class OperatorCommand implements Callable<Integer> {
    private static final String CONFIG_VARIABLE = "MIRROR_OPERATOR_CONFIG";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML configuration file (default: $MIRROR_OPERATOR_CONFIG, if set). Environment "
                    + "variables override it; 'mirror-operator config' shows all settings.")
    @Nullable
    Path configFile;

    private final Context context;

    OperatorCommand(Context context) {
        this.context = context;
    }

    final Context context() {
        return context;
    }

    final ConfigLoader.Loaded config() {
        String variable = context.environment().getOrDefault(CONFIG_VARIABLE, "");
        Path file = configFile != null ? configFile : variable.isBlank() ? null : Path.of(variable);
        UnknownVariables.warnings(context.environment())
                .forEach(warning -> context.err().println("mirror-operator: " + warning));
        return ConfigLoader.load(String.valueOf(file), file == null ? null : read(file), context.environment());
    }

    /** Without the job queue, for commands that only need the tables. */
    final Wiring openTables() {
        OperatorConfig config = config().config();
        return Wiring.open(config, context, true).require(TableForm.both(config));
    }

    /** The mirror table alone. */
    final Wiring openMirrors() {
        OperatorConfig config = config().config();
        return Wiring.open(config, context, true).require(List.of(TableForm.mirrors(config)));
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(Exit.NOT_FOUND, file + " does not exist");
        } catch (IOException e) {
            throw new CommandFailure(
                    Exit.NOT_FOUND,
                    file + " cannot be read (" + e.getClass().getSimpleName()
                            + "); expected a readable UTF-8 text file");
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would add a dependency to the program
    final void say(String format, Object... values) {
        context.out().println(String.format(format, values));
    }
}
