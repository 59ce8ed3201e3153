package dev.imagemirror.worker;

import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.image.VisibleStream;
import dev.imagemirror.registry.http.RetryPolicy;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mirror SOURCE DEST…}: copies one image and reports. */
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        customSynopsis = "mirror [OPTIONS] SOURCE DEST [DEST...]",
        usageHelpWidth = 100,
        headerHeading = "",
        header = "Copies a container image, with all its platforms, bit for bit to one or more destinations.",
        description = {
            "",
            "Each blob is read once from the source and streamed to all destinations that lack it. A destination "
                    + "that already has the image costs one request. Nothing is ever deleted at a destination.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all destinations are in sync with the source",
            "64:invalid command line or environment",
            "65:a reference is malformed, or the image is incomplete or invalid",
            "66:the source does not exist or cannot be read",
            "69:temporary failure: retry",
            "70:internal error",
            "73:a destination refuses the image (immutable tag, no such repository)",
            "77:access denied, or a registry address that is not allowed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mirror golang:1.17 registry.example.com/golang",
            "  mirror public.ecr.aws/docker/library/alpine:3 \\",
            "      123456789012.dkr.ecr.eu-central-1.amazonaws.com/alpine ghcr.io/team/alpine:3",
            "",
            "Credentials come from docker's config.json (DOCKER_CONFIG, REGISTRY_AUTH_FILE) and its helpers,",
            "from AWS for ECR, or from a config.json held in SSM Parameter Store or Secrets Manager",
            "(CONTAINER_AUTH_PARAMETER=name or ARN). HTTPS_PROXY and NO_PROXY are honoured.",
            "Link-local and metadata addresses are never contacted; loopback ones only if given on the command line or",
            "listed in MIRROR_LOOPBACK_REGISTRIES (none: not at all); MIRROR_PRIVATE_ADDRESSES=false forbids private"
                    + " ones.",
            "Progress goes to standard error; standard output gets one line: MIRROR-REPORT and JSON."
        })
final class MirrorCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "Image to copy: name, name:tag or name@digest.")
    String source;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "DEST",
            description = "Destinations, separated by spaces or commas; without a tag they take the source's.")
    List<String> destinations = new ArrayList<>();

    @Mixin
    MirrorOptions options = new MirrorOptions();

    private final Environment environment;
    private final PrintStream out;
    private final PrintStream err;
    private volatile @Nullable CopyRun current;
    private volatile boolean stopped;

    MirrorCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = new Environment(environment);
        this.out = VisibleStream.over(out);
        this.err = VisibleStream.over(err);
    }

    /** Runs the command with {@code arguments} and returns its exit code. */
    int run(String... arguments) {
        CommandLine line = new CommandLine(this)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, words) -> misused(e.getMessage()))
                .setExecutionExceptionHandler((e, command, parsed) -> explain(e));
        return line.execute(arguments);
    }

    @Override
    public Integer call() throws Exception {
        WorkerSettings general = WorkerSettings.of(options, environment);
        CopyRequest request = Arguments.request(source, destinations, general.referrers(), general.dryRun());
        WorkerSettings settings = general.under(ReachableAddresses.rule(request, general.mirrors(), environment));
        Logging.configure(settings.verbose());
        RetryPolicy retryPolicy = RetryPolicy.standard(Clock.systemUTC(), new Random());
        try (CopyRun run = new CopyRun(settings, environment, retryPolicy, err)) {
            current = run;
            if (stopped) {
                run.stop(); // it came too early to reach the run
            }
            CopyReport report = run.copy(request);
            out.println(ReportLine.of(report, settings.engine().name()));
            return ExitCode.of(report);
        }
    }

    /** Stops a running copy; {@link #run} still prints its report and returns. May be called at any time. */
    void stop() {
        stopped = true;
        CopyRun run = current;
        if (run != null) {
            run.stop();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    private int misused(@Nullable String fault) {
        err.println("mirror: " + fault);
        err.println("Usage: mirror [OPTIONS] SOURCE DEST [DEST...]. See 'mirror --help'.");
        return ExitCode.USAGE;
    }

    private int explain(Exception e) {
        if (e instanceof InvalidReferenceException) {
            err.println("mirror: " + e.getMessage());
            return ExitCode.INVALID;
        }
        if (e instanceof UsageException) {
            return misused(e.getMessage());
        }
        err.println("mirror: internal error; please report it: " + e);
        e.printStackTrace(err);
        return ExitCode.INTERNAL;
    }
}
