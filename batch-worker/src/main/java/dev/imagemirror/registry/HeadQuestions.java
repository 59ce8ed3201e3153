package dev.imagemirror.registry;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.registry.endpoint.BlobHead;
import dev.imagemirror.registry.endpoint.ManifestDigestGet;
import dev.imagemirror.registry.endpoint.ManifestHead;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.time.Clock;
import java.util.Optional;

/** Queries by HEAD, and detects registries that do not support it. Thread-safe; blocking. */
final class HeadQuestions {
    private final RegistryCaller caller;
    private final HeadRefusals manifests;
    private final HeadRefusals blobs;

    HeadQuestions(RegistryCaller caller, Clock clock) {
        this.caller = caller;
        manifests = new HeadRefusals(clock, 1); // proven by a GET
        blobs = new HeadRefusals(clock, 2); // kept apart: only blobs are redirected, as a rule
    }

    /** The digest of a tag or digest; empty if there is no such manifest. */
    Optional<Digest> digest(Repository repository, Scope scope, String reference) throws RegistryException {
        if (manifests.has(repository)) {
            return get(repository, scope, reference, false);
        }
        try {
            ManifestHead.Answer answer =
                    caller.call(repository, address -> new ManifestHead(repository, address, scope, reference));
            if (answer instanceof ManifestHead.Found found) {
                return Optional.of(found.digest());
            }
            if (answer instanceof ManifestHead.Absent) {
                return Optional.empty();
            }
        } catch (RegistryException e) {
            if (!HeadRefusals.isRefusal(e) && !mayDenyHeadAlone(repository, e)) {
                throw e;
            }
            return getInstead(repository, scope, reference, e);
        }
        return get(repository, scope, reference, false);
    }

    /** ECR supports HEAD, so its 403 denies the manifest, or a token that is not worth another request. */
    private static boolean mayDenyHeadAlone(Repository repository, RegistryException error) {
        return HeadRefusals.isUnexplainedDenial(error)
                && EcrRegistry.of(repository.registry()).isEmpty();
    }

    /** Remembered only if the GET succeeds: if both fail, that says nothing about HEAD. */
    private Optional<Digest> getInstead(Repository repository, Scope scope, String reference, RegistryException refusal)
            throws RegistryException {
        try {
            boolean hasBeenTried = refusal.kind() == ErrorKind.TEMPORARY; // as often as the policy allows
            Optional<Digest> answer = get(repository, scope, reference, hasBeenTried);
            manifests.note(repository, refusal);
            return answer;
        } catch (RegistryException e) {
            e.addSuppressed(refusal);
            throw e;
        }
    }

    private Optional<Digest> get(Repository repository, Scope scope, String reference, boolean once)
            throws RegistryException {
        return caller.call(repository, address -> new ManifestDigestGet(repository, address, scope, reference, once));
    }

    /** Also false if the registry does not say: sending a blob again does no harm. */
    boolean hasBlob(Repository repository, Digest digest) throws RegistryException {
        if (blobs.has(repository)) {
            return false;
        }
        try {
            return caller.call(repository, address -> new BlobHead(repository, address, digest));
        } catch (RegistryException e) {
            if (!HeadRefusals.isRefusal(e)) {
                throw e;
            }
            blobs.note(repository, e);
            return false;
        }
    }
}
