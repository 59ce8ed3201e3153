package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.cli.view.StatusDocument;
import dev.imagemirror.operator.cli.view.StatusText;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.SyncState;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.text.StateColor;
import dev.imagemirror.operator.wiring.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            super(Stream.of(SyncState.values()).map(SyncState::word).toList());
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

    @Mixin
    private WatchOptions watch;

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
        SyncState wanted = wanted();
        output = form();
        watch.check();
        try (Wiring wiring = openTables()) {
            return watch.repeat(context(), () -> show(wiring, wanted), () -> showAgain(wiring, wanted));
        }
    }

    private int showAgain(Wiring wiring, @Nullable SyncState wanted) {
        try {
            return show(wiring, wanted);
        } catch (PortException e) {
            context().err().println("mirror-operator: " + e.getMessage());
            return Exit.UNAVAILABLE;
        }
    }

    private int show(Wiring wiring, @Nullable SyncState wanted) {
        List<EntryView> entries = EntryViews.read(wiring.ports(), source);
        boolean isBlocked = entries.stream().anyMatch(entry -> entry.isRefused() || entry.isIn(SyncState.BLOCKED));
        watch.print(context(), text(filtered(entries, wanted)));
        return isBlocked ? Exit.SOME_FAILED : Exit.OK;
    }

    private static List<EntryView> filtered(List<EntryView> entries, @Nullable SyncState wanted) {
        if (wanted == null) {
            return entries;
        }
        return entries.stream()
                .filter(entry -> entry.isIn(wanted))
                .map(entry -> entry.only(wanted))
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

    private @Nullable SyncState wanted() {
        SyncState known = state == null ? null : SyncState.of(state);
        if (state != null && known == null) {
            throw new ParameterException(
                    spec.commandLine(), "--state '" + state + "' is invalid; expected one of " + SyncState.words());
        }
        return known;
    }

    private String form() {
        return FORMS.stream()
                .filter(output::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--output '" + output + "' is invalid; expected one of " + String.join(", ", FORMS)));
    }
}
