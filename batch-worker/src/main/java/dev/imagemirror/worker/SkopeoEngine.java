package dev.imagemirror.worker;

import dev.imagemirror.copy.CopyListener;
import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.copy.Outcome;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The same contract on top of {@code skopeo copy --all --preserve-digests}, once per destination: for users who trust
 * skopeo more, or need what only it has. Digests are compared before and after by this program's registry client.
 */
final class SkopeoEngine {
    private final RegistryClient client;
    private final SkopeoProcess skopeo;

    SkopeoEngine(RegistryClient client, SkopeoProcess skopeo) {
        this.client = client;
        this.skopeo = skopeo;
    }

    CopyReport copy(CopyRequest request, CopyListener listener) {
        ImageReference source = request.source();
        Repository repository = new Repository(source.registry(), source.repository());
        Digest digest = null;
        RegistryException unresolved = null;
        try {
            digest = resolve(repository, source);
            listener.resolved(source, digest);
        } catch (RegistryException e) {
            unresolved = e.kind() == ErrorKind.NOT_ALLOWED ? e.as(ErrorKind.SOURCE_NOT_ALLOWED) : e;
        } catch (RuntimeException e) {
            unresolved = internal(e);
        }
        List<DestinationReport> reports = new ArrayList<>();
        for (ImageReference destination : request.destinations()) {
            DestinationReport report = unresolved != null
                    ? report(destination, Outcome.FAILED, null, unresolved)
                    : copyTo(request, destination, Objects.requireNonNull(digest));
            listener.destinationDone(report);
            reports.add(report);
        }
        return new CopyReport(source, digest, 0, repository.requests(), reports);
    }

    private Digest resolve(Repository repository, ImageReference source) throws RegistryException {
        Optional<Digest> digest =
                client.digest(repository, Objects.requireNonNull(source.wireReference(), "checked by CopyRequest"));
        return digest.orElseThrow(() -> new RegistryException(
                ErrorKind.SOURCE_NOT_FOUND, source + " does not exist; check the source's name and tag"));
    }

    private DestinationReport copyTo(CopyRequest request, ImageReference destination, Digest digest) {
        Repository repository = new Repository(destination.registry(), destination.repository());
        try {
            String tag = Objects.requireNonNull(destination.tag(), "checked by CopyRequest");
            Optional<Digest> wanted = Optional.of(digest);
            Optional<Digest> before = client.digest(repository, tag);
            if (before.equals(wanted)) {
                return report(destination, Outcome.PRESENT, digest, null);
            }
            if (request.dryRun()) {
                return report(destination, Outcome.PLANNED, before.orElse(null), null);
            }
            // skopeo refuses a reference with both tag and digest
            ImageReference pinned = request.source().withTag(null).withDigest(digest);
            RegistryException refusal = copy(pinned, destination);
            Optional<Digest> after = client.digest(repository, tag);
            if (!after.equals(wanted)) {
                throw refusal != null
                        ? refusal
                        : new RegistryException(
                                ErrorKind.TEMPORARY,
                                destination
                                        + after.map(other -> " has " + other).orElse(" does not exist")
                                        + " after skopeo's copy of " + digest);
            }
            return report(destination, Outcome.COPIED, digest, null);
        } catch (RegistryException e) {
            return report(destination, Outcome.FAILED, null, e);
        } catch (IOException e) {
            return report(
                    destination,
                    Outcome.FAILED,
                    null,
                    new RegistryException(ErrorKind.INTERNAL, "cannot run skopeo: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            return report(destination, Outcome.FAILED, null, internal(e));
        }
    }

    /** Null, or the registry's refusal: an immutable tag may already have the digest. */
    private @Nullable RegistryException copy(ImageReference source, ImageReference destination)
            throws IOException, RegistryException {
        try {
            skopeo.copy(source, destination);
            return null;
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.IMMUTABLE_TAG || e.kind() == ErrorKind.REFUSED) {
                return e;
            }
            throw e;
        }
    }

    private static RegistryException internal(RuntimeException e) {
        return new RegistryException(ErrorKind.INTERNAL, "internal error; please report it: " + e, e);
    }

    private static DestinationReport report(
            ImageReference destination, Outcome outcome, @Nullable Digest digest, @Nullable RegistryException error) {
        return new DestinationReport(
                destination,
                outcome,
                digest,
                new DestinationReport.Transfer(0, 0, 0, 0),
                DestinationReport.Failure.of(error));
    }
}
