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

/** {@code once}: a single reconcile of all entries, for scheduled jobs. */
@Command(
        name = "once",
        mixinStandardHelpOptions = true,
        description = {
            "Reconciles all entries once, or only those that copy from or to an ECR image.",
            "Exits with 0 if every pair is in sync or has a job, 1 if some failed or are blocked. Backoff, quarantine "
                    + "and claim grace only advance when this command runs.",
            "An image that no entry mirrors is not an error, so that a push to any repository can trigger this command."
        })
final class OnceCommand extends OperatorCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "REPOSITORY", description = "Name of an ECR repository.")
    @Nullable
    String repository;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TAG", description = "A tag in that repository.")
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
            throw new ParameterException(spec.commandLine(), "specify both REPOSITORY and TAG, or neither");
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
                        .println("mirror-operator: no entry copies from or to ECR image " + repository + ":" + tag);
            }
            if (config.jobs().mode() == JobsConfig.Mode.LOCAL) {
                return sweep.untilJobsEnd(keys).report(context().out());
            }
            return sweep.once(keys).report(context().out());
        }
    }

    /** Entries that copy from or to the image, in any ECR registry used by an entry. */
    private Set<EntryKey> ofImage(Sweep sweep) {
        sweep.taken(); // the listing selected everything
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
