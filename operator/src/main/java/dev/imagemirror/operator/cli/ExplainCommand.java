package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.cli.view.EntryDetails;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.doctor.TableForm;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.wiring.Wiring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code explain}: all there is to know of an entry. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Says everything about one source's entries.",
            "The row as it is understood, what was seen when, jobs, failures, the last copies, and what comes next at "
                    + "what time."
        })
final class ExplainCommand extends OperatorCommand {
    @Parameters(paramLabel = "SOURCE", description = "A source as in the table, or as a reference.")
    String source;

    ExplainCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        OperatorConfig config = config().config();
        Instant now = context().clock().instant();
        try (Wiring wiring = Wiring.open(config, context(), true).require(TableForm.both(config))) {
            List<String> lines = new ArrayList<>();
            for (EntryView entry : EntryViews.read(wiring.ports(), source)) {
                lines.add("");
                lines.addAll(new EntryDetails(entry, config.loop().interval(), now).lines());
            }
            lines.stream().skip(1).forEach(context().out()::println);
        }
        return Exit.OK;
    }
}
