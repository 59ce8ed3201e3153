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

/** {@code explain}: everything known about an entry. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Shows everything known about a source's entries.",
            "Shows the parsed row, the digests seen, jobs, failures, recent copies, and what happens next and "
                    + "when."
        })
final class ExplainCommand extends OperatorCommand {
    @Parameters(paramLabel = "SOURCE", description = "A source, as written in the table or as an image reference.")
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
