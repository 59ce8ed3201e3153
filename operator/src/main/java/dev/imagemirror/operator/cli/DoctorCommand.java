package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.batch.BatchClients;
import dev.imagemirror.operator.config.JobsConfig;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.doctor.AwsChecks;
import dev.imagemirror.operator.doctor.BatchChecks;
import dev.imagemirror.operator.doctor.Checks;
import dev.imagemirror.operator.doctor.EventChecks;
import dev.imagemirror.operator.doctor.Finding;
import dev.imagemirror.operator.doctor.RegistryChecks;
import dev.imagemirror.operator.doctor.TableChecks;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.text.StateColor;
import dev.imagemirror.operator.wiring.Wiring;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code doctor}: checks that everything in the configuration is reachable. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that everything in the configuration is reachable.",
            "Checks AWS, the tables, the event queue, the job queue, job definition and log group, and each registry"
                    + " in the mirror table. Prints what is wrong and how to fix it; changes nothing. Exits with 1 if a"
                    + " check failed, with 78 if a table has the wrong key or no stream, in which case no other command"
                    + " starts."
        })
final class DoctorCommand extends OperatorCommand {
    DoctorCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        OperatorConfig config = config().config();
        StateColor ink = new StateColor(context().isColoured());
        Checks checks = new Checks(finding -> context().control(finding.line(ink) + System.lineSeparator()));
        AwsChecks.run(checks);
        checks.run("clients", "fix the failures above first", () -> reach(checks, config));
        return checks.exitCode();
    }

    private List<Finding> reach(Checks checks, OperatorConfig config) {
        try (Wiring wiring = Wiring.open(config, context(), true)) {
            new TableChecks(wiring.dynamo(), config).run(checks);
            if (config.events().hasQueue()) {
                new EventChecks(wiring.sqs(), config.events().queue()).run(checks);
            }
            if (config.jobs().mode() == JobsConfig.Mode.BATCH) {
                checks.run("AWS Batch", "fix the failures above first", () -> reachBatch(checks, config));
            }
            new RegistryChecks(wiring.ports(), wiring.credentials()).run(checks);
        }
        return List.of();
    }

    private static List<Finding> reachBatch(Checks checks, OperatorConfig config) {
        try (BatchClients clients = BatchClients.standard()) {
            new BatchChecks(clients.reading(), clients.logs(), config.jobs().batch()).run(checks);
        }
        return List.of();
    }
}
