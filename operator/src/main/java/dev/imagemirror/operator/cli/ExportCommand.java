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
            "Rows made by hand come as a policy 'exported' (which, applied, makes rows beside them: delete those made by "
                    + "hand, or both are DestinationConflict). Rows that are invalid are left out, and a comment says so."
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
