package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.policy.PolicyWriter;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.wiring.Wiring;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import picocli.CommandLine.Command;

/** {@code export}: the table as MirrorPolicy YAML. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the mirror table as MirrorPolicy YAML.",
            "Rows added by hand are exported as a policy named 'exported'. Applying it adds new rows: delete the old "
                    + "ones, or both report DestinationConflict. Invalid rows are left out, each noted in a comment."
        })
final class ExportCommand extends OperatorCommand {
    ExportCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        Collection<MirrorRow> rows = new ConcurrentLinkedQueue<>();
        try (Wiring wiring = openMirrors()) {
            wiring.ports().mirrors().scan(rows::add);
        }
        context().out().print(PolicyWriter.write(rows));
        return Exit.OK;
    }
}
