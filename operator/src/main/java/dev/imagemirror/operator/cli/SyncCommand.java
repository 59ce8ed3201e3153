package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.config.JobsConfig;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.doctor.TableForm;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.runtime.Sweep;
import dev.imagemirror.operator.wiring.Wiring;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sync}: reconciles entries now. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Reconciles entries now, under the same claims as a running operator.",
            "Resets failures, so that pairs that are blocked or in backoff are retried."
        })
final class SyncCommand extends OperatorCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Sources, as written in the table or as image references.")
    List<String> sources;

    SyncCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        OperatorConfig config = config().config();
        try (Wiring wiring = Wiring.open(config, context(), false).require(TableForm.both(config))) {
            Sweep sweep = new Sweep(wiring.ports(), config, context());
            sweep.tell(wiring::jobProgress, Sweep.TELL_EVERY);
            sweep.list();
            Set<EntryKey> keys = new LinkedHashSet<>();
            for (String source : sources) {
                keys.addAll(Entries.named(sweep.all(), source));
            }
            sweep.retry(keys);
            boolean local = config.jobs().mode() == JobsConfig.Mode.LOCAL;
            return (local ? sweep.untilJobsEnd(keys) : sweep.once(keys))
                    .report(context().out());
        }
    }
}
