package dev.imagemirror.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code mirror}; each is also an environment variable, for jobs whose command line is fixed. */
final class MirrorOptions {
    @Option(
            names = "--referrers",
            description =
                    "Also copy signatures, SBOMs and attestations that refer to the image (MIRROR_REFERRERS=true).")
    boolean referrers;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Show what would be copied and change nothing; not together with --referrers "
                    + "(MIRROR_DRY_RUN=true).")
    boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show errors only (MIRROR_QUIET=true).")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every request (MIRROR_VERBOSE=true).")
    boolean verbose;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "Who copies: ${COMPLETION-CANDIDATES} (MIRROR_ENGINE; default: mirror). skopeo must be "
                    + "installed, reads the source once a destination, and knows no --referrers, --registry-mirror "
                    + "and --blobs-at-once.")
    @Nullable
    Engine engine;

    @Option(
            names = "--insecure",
            paramLabel = "HOST[:PORT]",
            split = ",",
            description = "Registries that may be asked by plain HTTP, as loopback ones always may "
                    + "(MIRROR_INSECURE_REGISTRIES).")
    List<String> insecure = new ArrayList<>();

    @Option(
            names = "--ca-file",
            paramLabel = "PEM",
            split = ",",
            description = "Certificate authorities to trust beside the platform's (MIRROR_CA_FILES).")
    List<Path> caFiles = new ArrayList<>();

    @Option(
            names = "--registry-mirror",
            paramLabel = "REGISTRY=HOST[/PREFIX]",
            split = ",",
            description = "Read sources of REGISTRY from HOST first, such as a pull-through cache "
                    + "(MIRROR_REGISTRY_MIRRORS).")
    List<String> registryMirrors = new ArrayList<>();

    @Option(
            names = "--blobs-at-once",
            paramLabel = "N",
            description = "Blobs that each destination transfers at the same time, 1 to 64 "
                    + "(MIRROR_BLOBS_AT_ONCE; default: 3).")
    @Nullable
    Integer blobsAtOnce;

    /** Who copies. */
    enum Engine {
        mirror,
        skopeo
    }
}
