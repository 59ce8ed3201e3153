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

/** What a HEAD can tell, and how to find out where a registry takes none. Thread-safe; blocking. */
final class HeadQuestions {
    private final RegistryClient client;
    private final HeadRefusals manifests;
    private final HeadRefusals blobs;

    HeadQuestions(RegistryClient client, Clock clock) {
        this.client = client;
        manifests = new HeadRefusals(clock, 1); // proven by a GET
        blobs = new HeadRefusals(clock, 2); // kept apart: only blobs are redirected, as a rule
    }

    /** The digest of a tag or digest, or null if there is no such manifest. */
    Digest digest(Repository repository, Scope scope, String reference) throws RegistryException {
        if (manifests.has(repository)) {
            return get(repository, scope, reference, false).digest();
        }
        ManifestHead.Answer answer;
        try {
            answer = client.call(repository, address -> new ManifestHead(repository, address, scope, reference));
        } catch (RegistryException e) {
            if (!HeadRefusals.isRefusal(e) && !mayDenyHeadAlone(repository, e)) {
                throw e;
            }
            answer = getInstead(repository, scope, reference, e);
        }
        boolean unsaid = answer.exists() && answer.digest() == null;
        return unsaid ? get(repository, scope, reference, false).digest() : answer.digest();
    }

    /** ECR takes HEAD, so that its 403 denies the manifest, or a token that is not worth another try. */
    private static boolean mayDenyHeadAlone(Repository repository, RegistryException error) {
        return HeadRefusals.isUnexplainedDenial(error)
                && EcrRegistry.of(repository.registry()).isEmpty();
    }

    /** Remembered only where the GET is answered: what fails both ways says nothing of HEAD. */
    private ManifestHead.Answer getInstead(
            Repository repository, Scope scope, String reference, RegistryException refusal) throws RegistryException {
        try {
            boolean hasBeenTried = refusal.kind() == ErrorKind.TEMPORARY; // as often as the policy allows
            ManifestHead.Answer answer = get(repository, scope, reference, hasBeenTried);
            manifests.note(repository, refusal);
            return answer;
        } catch (RegistryException e) {
            e.addSuppressed(refusal);
            throw e;
        }
    }

    private ManifestHead.Answer get(Repository repository, Scope scope, String reference, boolean once)
            throws RegistryException {
        return client.call(repository, address -> new ManifestDigestGet(repository, address, scope, reference, once));
    }

    /** False also if the registry does not say: a blob that is sent once more does no harm. */
    boolean hasBlob(Repository repository, Digest digest) throws RegistryException {
        if (blobs.has(repository)) {
            return false;
        }
        try {
            return client.call(repository, address -> new BlobHead(repository, address, digest));
        } catch (RegistryException e) {
            if (!HeadRefusals.isRefusal(e)) {
                throw e;
            }
            blobs.note(repository, e);
            return false;
        }
    }
}
