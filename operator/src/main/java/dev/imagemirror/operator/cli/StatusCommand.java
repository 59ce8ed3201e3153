package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.cli.view.StatusDocument;
import dev.imagemirror.operator.cli.view.StatusText;
import dev.imagemirror.operator.config.Durations;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.program.Pauses;
import dev.imagemirror.operator.text.StateColor;
import dev.imagemirror.operator.wiring.Wiring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code status}: the state of all entries. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the status of entries, worst first.",
            "Exits with 1 if any is blocked. On a terminal, lines are coloured (unless NO_COLOR is set) and cut to its"
                    + " width; in a pipe they are plain. Very long references are shortened in the middle; explain, json"
                    + " and yaml show them in full.",
            "States: Blocked (needs attention), Unknown, Missing, Stale, Quarantined, Suspended, Copying, InSync.",
            "DRIFT is the age of the oldest drift; RECORDED is when the status was last written, "
                    + "which happens on each change and otherwise once an hour."
        })
final class StatusCommand extends OperatorCommand {
    private static final String HOME = "\u001b[H";
    private static final String TO_END_OF_LINE = "\u001b[K";
    private static final String TO_END_OF_SCREEN = "\u001b[J";

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private static final List<String> FORMS = List.of("table", "wide", "json", "yaml");

    /** Completion candidates. */
    static final class Forms extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Forms() {
            super(FORMS);
        }
    }

    /** Completion candidates. */
    static final class States extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        States() {
            super(EntryView.WORST_FIRST);
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "SOURCE",
            description = "A source, as written in the table or as an image reference.")
    @Nullable
    String source;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            completionCandidates = Forms.class,
            description = "table (default), wide (full lines, including every pair), json or yaml.")
    String output = "table";

    @Option(names = "--watch", description = "Refresh until stopped with Ctrl-C.")
    boolean watch;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "Refresh interval with --watch, e.g. 2s or 1m (default: 2s).")
    String every = "2s";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = States.class,
            description = "Show only pairs in this state, e.g. Blocked.")
    @Nullable
    String state;

    @Spec
    private CommandSpec spec;

    StatusCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        String word = state == null
                ? null
                : oneOf(EntryView.WORST_FIRST, state, "--state '" + state + "' is invalid; expected one of ");
        output = oneOf(FORMS, output, "--output '" + output + "' is invalid; expected one of ");
        Duration period = period();
        try (Wiring wiring = openTables()) {
            int exitCode = show(wiring, word);
            while (watch && !context().out().checkError()) {
                Pauses.of(period);
                exitCode = showAgain(wiring, word);
            }
            return exitCode;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.OK;
        }
    }

    private int showAgain(Wiring wiring, @Nullable String word) {
        try {
            return show(wiring, word);
        } catch (PortException e) {
            context().err().println("mirror-operator: " + e.getMessage());
            return Exit.UNAVAILABLE;
        }
    }

    private int show(Wiring wiring, @Nullable String word) {
        List<EntryView> entries = EntryViews.read(wiring.ports(), source);
        boolean isBlocked = entries.stream()
                .anyMatch(entry -> entry.isRefused()
                        || entry.word().equals("Blocked")
                        || entry.counts().containsKey("Blocked"));
        String text = text(filtered(entries, word));
        context().control(watch && context().isTerminal() ? redrawn(text) : text);
        context().out().flush();
        return isBlocked ? Exit.SOME_FAILED : Exit.OK;
    }

    /** Overwrites the screen line by line to avoid flicker. */
    private static String redrawn(String text) {
        return HOME + text.replace("\n", TO_END_OF_LINE + "\n") + TO_END_OF_SCREEN;
    }

    private static List<EntryView> filtered(List<EntryView> entries, @Nullable String word) {
        if (word == null) {
            return entries;
        }
        return entries.stream()
                .filter(entry ->
                        entry.counts().containsKey(word) || entry.word().equals(word))
                .map(entry -> entry.only(word))
                .toList();
    }

    private String text(List<EntryView> entries) {
        return switch (output) {
            case "json" -> StatusDocument.json(entries);
            case "yaml" -> StatusDocument.yaml(entries);
            default -> {
                StatusText text = new StatusText(
                        output.equals("wide"),
                        state != null,
                        new StateColor(context().isColoured()),
                        context().clock().instant(),
                        context().isTerminal() ? context().terminalWidth().getAsInt() : 0);
                yield String.join(System.lineSeparator(), text.lines(entries)) + System.lineSeparator();
            }
        };
    }

    /** The matching word, ignoring case. */
    private String oneOf(List<String> words, String meant, String complaint) {
        return words.stream()
                .filter(word -> word.toLowerCase(Locale.ROOT).equals(meant.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), complaint + String.join(", ", words)));
    }

    private Duration period() {
        try {
            Duration period = Durations.parse(every);
            if (period.compareTo(SHORTEST) >= 0) {
                return period;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ParameterException(
                spec.commandLine(),
                "--every '" + every + "' is invalid; expected a duration of at least 100ms, e.g. 2s");
    }
}
