package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.cli.view.PlanText;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.doctor.TableForm;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.reconcile.dry.DryRun;
import dev.imagemirror.operator.runtime.Sweep;
import dev.imagemirror.operator.wiring.Wiring;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plan}: a dry-run reconcile. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a reconcile would do and why.",
            "Queries the registries, but submits no jobs and writes nothing.",
            "Marks: + would copy, = in sync, ~ waiting or copying, ! needs attention, - no longer mirrored.",
            "Exits with 1 if an entry failed or is invalid, its tags cannot be listed, or a pair is blocked."
        })
final class PlanCommand extends OperatorCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "SOURCE",
            description = "A source, as written in the table or as an image reference.")
    @Nullable
    String source;

    PlanCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        OperatorConfig config = config().config();
        try (Wiring wiring = Wiring.open(config, context(), false).require(TableForm.both(config))) {
            DryRun dryRun = DryRun.over(wiring.ports());
            Sweep sweep = new Sweep(dryRun.ports(), config, context());
            sweep.list();
            Collection<EntryKey> keys = source == null ? sweep.all() : Entries.named(sweep.all(), source);
            Map<EntryKey, String> failures = sweep.passes(keys);
            PlanText text = new PlanText(dryRun);
            keys.stream()
                    .filter(key -> !failures.containsKey(key))
                    .flatMap(key -> text.lines(EntryViews.of(wiring.ports(), key)).stream())
                    .forEach(context().out()::println);
            failures.forEach((key, fault) -> say("! %s: reconcile failed: %s", key, fault));
            say("%s", text.summary());
            return failures.isEmpty() && !text.needsAttention() ? Exit.OK : Exit.SOME_FAILED;
        }
    }
}
