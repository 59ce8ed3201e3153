package dev.imagemirror.operator.cli;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.operator.config.JobsConfig;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.doctor.TableForm;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.runtime.Sweep;
import dev.imagemirror.operator.wiring.Wiring;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code once}: what a scheduled job runs. */
@Command(
        name = "once",
        mixinStandardHelpOptions = true,
        description = {
            "Makes one pass over all entries, or those from or to one ECR image.",
            "Exits with 0 if every pair is in sync or has its job, 1 if some failed or are blocked. Backoff, quarantine "
                    + "and the grace of claims move at the pace of such runs.",
            "An image that no entry has is no failure: pushes to any repository may lead here."
        })
final class OnceCommand extends OperatorCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "REPOSITORY", description = "An ECR repository's name.")
    @Nullable
    String repository;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TAG", description = "A tag in it.")
    @Nullable
    String tag;

    @Spec
    CommandSpec spec;

    OnceCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        if ((repository == null) != (tag == null)) {
            throw new ParameterException(spec.commandLine(), "Give both REPOSITORY and TAG, or neither.");
        }
        OperatorConfig config = config().config();
        try (Wiring wiring = Wiring.open(config, context(), false).require(TableForm.both(config))) {
            Sweep sweep = new Sweep(wiring.ports(), config, context());
            sweep.tell(wiring::jobProgress, Sweep.TELL_EVERY);
            sweep.list();
            Set<EntryKey> keys = repository == null ? sweep.all() : ofImage(sweep);
            if (repository != null && keys.isEmpty()) {
                context()
                        .err()
                        .println("mirror-operator: no entry copies from or to " + repository + ":" + tag + " of ECR");
            }
            if (config.jobs().mode() == JobsConfig.Mode.LOCAL) {
                return sweep.untilJobsEnd(keys).report(context().out());
            }
            return sweep.once(keys).report(context().out());
        }
    }

    /** Those that copy from the image or to it, in whichever of the ECR registries that the entries name. */
    private Set<EntryKey> ofImage(Sweep sweep) {
        sweep.taken(); // what the listing chose is everything
        registries(sweep).map(this::image).forEach(image -> sweep.listener().imageChanged(image, false));
        return sweep.taken();
    }

    private ImageReference image(String registry) {
        try {
            return ImageReference.parse(registry + "/" + repository + ":" + tag);
        } catch (InvalidReferenceException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static Stream<String> registries(Sweep sweep) {
        return sweep.entries().stream()
                .flatMap(entry -> Stream.concat(Stream.of(entry.source()), entry.destinations().stream()))
                .flatMap(image -> EcrRegistry.of(image.registry()).stream())
                .map(EcrRegistry::plainHost)
                .distinct();
    }
}
