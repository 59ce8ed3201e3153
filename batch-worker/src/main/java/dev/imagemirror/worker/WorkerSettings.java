package dev.imagemirror.worker;

import dev.imagemirror.copy.RegistryMirrors;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.registry.http.AddressRule;
import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.worker.credentials.EcrRoles;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The effective settings from the command line and the environment; the command line wins.
 *
 * @param engine the copy engine
 * @param referrers copy referrers, too
 * @param dryRun change nothing
 * @param quiet show errors only
 * @param verbose show every request
 * @param blobsAtOnce blobs that each destination transfers concurrently
 * @param registries how registries are reached
 * @param mirrors alternative locations to read sources from
 * @param roles to assume for ECR registries
 */
record WorkerSettings(
        MirrorOptions.Engine engine,
        boolean referrers,
        boolean dryRun,
        boolean quiet,
        boolean verbose,
        int blobsAtOnce,
        RegistrySettings registries,
        RegistryMirrors mirrors,
        EcrRoles roles) {
    private static final int DEFAULT_BLOBS_AT_ONCE = 3;

    /** Each needs a thread and connection buffers, besides the shared memory. */
    private static final int MAX_BLOBS_AT_ONCE = 64;

    /** @throws UsageException naming the option or variable at fault */
    static WorkerSettings of(MirrorOptions options, Environment environment) {
        MirrorOptions.Engine engine = options.engine != null
                ? options.engine
                : environment.choice("MIRROR_ENGINE", MirrorOptions.Engine.class, MirrorOptions.Engine.mirror);
        boolean referrers = options.referrers || environment.flag("MIRROR_REFERRERS");
        if (engine == MirrorOptions.Engine.skopeo) {
            refuseWhatSkopeoCannot(referrers, options, environment);
        }
        boolean dryRun = options.dryRun || environment.flag("MIRROR_DRY_RUN");
        if (referrers && dryRun) {
            throw new UsageException("a dry run does not check referrers; use either --dry-run or --referrers"
                    + " (MIRROR_DRY_RUN, MIRROR_REFERRERS)");
        }
        return new WorkerSettings(
                engine,
                referrers,
                dryRun,
                options.quiet || environment.flag("MIRROR_QUIET"),
                options.verbose || environment.flag("MIRROR_VERBOSE"),
                blobsAtOnce(options, environment),
                registries(options, environment),
                mirrors(options, environment),
                roles(environment));
    }

    /** The same, with an address rule. */
    WorkerSettings under(AddressRule rule) {
        return new WorkerSettings(
                engine, referrers, dryRun, quiet, verbose, blobsAtOnce, registries.under(rule), mirrors, roles);
    }

    private static void refuseWhatSkopeoCannot(boolean referrers, MirrorOptions options, Environment environment) {
        if (referrers) {
            throw notWithSkopeo("does not copy referrers", "--referrers", "MIRROR_REFERRERS");
        }
        if (!options.registryMirrors.isEmpty() || environment.has("MIRROR_REGISTRY_MIRRORS")) {
            throw notWithSkopeo("does not use registry mirrors", "--registry-mirror", "MIRROR_REGISTRY_MIRRORS");
        }
        if (options.blobsAtOnce != null || environment.has("MIRROR_BLOBS_AT_ONCE")) {
            throw notWithSkopeo("chooses its own concurrency", "--blobs-at-once", "MIRROR_BLOBS_AT_ONCE");
        }
    }

    private static UsageException notWithSkopeo(String why, String option, String variable) {
        return new UsageException(
                "skopeo " + why + "; remove --engine skopeo or " + option + " (MIRROR_ENGINE, " + variable + ")");
    }

    private static int blobsAtOnce(MirrorOptions options, Environment environment) {
        return options.blobsAtOnce != null
                ? Environment.number("--blobs-at-once", options.blobsAtOnce.toString(), MAX_BLOBS_AT_ONCE)
                : environment.number("MIRROR_BLOBS_AT_ONCE", MAX_BLOBS_AT_ONCE, DEFAULT_BLOBS_AT_ONCE);
    }

    private static EcrRoles roles(Environment environment) {
        try {
            return EcrRoles.of(environment.list("MIRROR_ECR_ROLES"));
        } catch (IllegalArgumentException e) {
            throw new UsageException("MIRROR_ECR_ROLES: " + e.getMessage());
        }
    }

    private static RegistrySettings registries(MirrorOptions options, Environment environment) {
        Set<String> insecure = new LinkedHashSet<>();
        options.insecure.forEach(host -> insecure.add(registry("--insecure", host)));
        environment
                .list("MIRROR_INSECURE_REGISTRIES")
                .forEach(host -> insecure.add(registry("MIRROR_INSECURE_REGISTRIES", host)));
        List<Path> caFiles = new ArrayList<>();
        options.caFiles.forEach(file -> caFiles.add(readable("--ca-file", file.toString())));
        environment.list("MIRROR_CA_FILES").forEach(file -> caFiles.add(readable("MIRROR_CA_FILES", file)));
        try {
            return RegistrySettings.standard()
                    .reaching(insecure, caFiles, Proxies.fromEnvironment(environment.variables()));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static RegistryMirrors mirrors(MirrorOptions options, Environment environment) {
        Map<String, List<String>> mirrors = new HashMap<>();
        options.registryMirrors.forEach(mirror -> addMirror(mirrors, "--registry-mirror", mirror));
        environment
                .list("MIRROR_REGISTRY_MIRRORS")
                .forEach(mirror -> addMirror(mirrors, "MIRROR_REGISTRY_MIRRORS", mirror));
        return new RegistryMirrors(mirrors);
    }

    private static void addMirror(Map<String, List<String>> mirrors, String where, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException(where + " '" + text + "' is invalid; expected REGISTRY=HOST[/PREFIX]");
        }
        String place = text.substring(equals + 1);
        int slash = place.indexOf('/');
        String host = registry(where, slash < 0 ? place : place.substring(0, slash));
        mirrors.computeIfAbsent(registry(where, text.substring(0, equals)), registry -> new ArrayList<>())
                .add(slash < 0 ? host : host + place.substring(slash));
    }

    /** The canonical name of a registry. */
    static String registry(String where, String text) {
        try {
            ImageReference reference = ImageReference.parse(text + "/any/repository");
            if (reference.repository().equals("any/repository")) {
                return reference.registry();
            }
            if (text.indexOf('/') < 0) {
                return text; // no reference can name a host without dot and port, but a mirror's address can
            }
            throw noRegistry(where, text);
        } catch (InvalidReferenceException e) {
            throw noRegistry(where, text);
        }
    }

    private static UsageException noRegistry(String where, String text) {
        return new UsageException(where + ": '" + text + "' is not a registry; expected HOST or HOST:PORT");
    }

    private static Path readable(String where, String file) {
        try {
            Path path = Path.of(file);
            if (Files.isReadable(path) && !Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // reported below
        }
        throw new UsageException(where + ": " + file + " cannot be read; expected a file of PEM certificates");
    }
}
