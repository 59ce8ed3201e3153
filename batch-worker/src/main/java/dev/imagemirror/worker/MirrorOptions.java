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
            description = "Also copy the image's signatures, SBOMs and attestations (MIRROR_REFERRERS=true).")
    boolean referrers;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Show what would be copied and change nothing; cannot be combined with --referrers "
                    + "(MIRROR_DRY_RUN=true).")
    boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no progress, only errors and the report line (MIRROR_QUIET=true).")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log every request (MIRROR_VERBOSE=true).")
    boolean verbose;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "Copy engine: ${COMPLETION-CANDIDATES} (MIRROR_ENGINE; default: mirror). skopeo must be"
                    + " installed, reads the source once per destination and does not support --referrers,"
                    + " --registry-mirror or --blobs-at-once.")
    @Nullable
    Engine engine;

    @Option(
            names = "--insecure",
            paramLabel = "HOST[:PORT]",
            split = ",",
            description = "Registries that may be accessed over plain HTTP, as loopback ones always may "
                    + "(MIRROR_INSECURE_REGISTRIES).")
    List<String> insecure = new ArrayList<>();

    @Option(
            names = "--ca-file",
            paramLabel = "PEM",
            split = ",",
            description = "Certificate authorities to trust in addition to the platform's (MIRROR_CA_FILES).")
    List<Path> caFiles = new ArrayList<>();

    @Option(
            names = "--registry-mirror",
            paramLabel = "REGISTRY=HOST[/PREFIX]",
            split = ",",
            description = "Read images of REGISTRY from HOST first, e.g. a pull-through cache "
                    + "(MIRROR_REGISTRY_MIRRORS).")
    List<String> registryMirrors = new ArrayList<>();

    @Option(
            names = "--blobs-at-once",
            paramLabel = "N",
            description = "Concurrent blob transfers per destination, 1 to 64 " + "(MIRROR_BLOBS_AT_ONCE; default: 3).")
    @Nullable
    Integer blobsAtOnce;

    /** The copy engine. */
    enum Engine {
        mirror,
        skopeo
    }
}
