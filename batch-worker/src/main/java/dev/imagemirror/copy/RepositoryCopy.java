package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts images into one repository: blobs, then the manifests that name them. Used by one thread. */
final class RepositoryCopy {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryCopy.class);

    /** Refusals of the client, the size or the rate rather than of the content. */
    private static final Set<Integer> NOT_OF_CONTENT = Set.of(401, 403, 408, 413, 425, 429);

    private final CopyContext context;
    private final Repository repository;
    private final BlobTransfer transfer;
    private final Set<Digest> complete = new HashSet<>();

    /** Of those, what the repository only said to have. */
    private final Set<Digest> shown = new HashSet<>();

    RepositoryCopy(CopyContext context, Repository repository, TransferCounts counts) {
        this.context = context;
        this.repository = repository;
        this.transfer = new BlobTransfer(context, repository, counts);
    }

    /** By this the repository is known at the {@link Rendezvous}. */
    Object party() {
        return transfer;
    }

    /**
     * Copies an image without a tag.
     *
     * @return true if the registry said that it lists the image among its subject's referrers
     */
    boolean copyByDigest(Digest image) throws RegistryException {
        if (has(image)) {
            return false;
        }
        copyContent(image);
        return push(image, image.toString());
    }

    /** Copies everything that the image's manifest names, but not the manifest itself. */
    void copyContent(Digest image) throws RegistryException {
        if (!has(image)) { // registries keep a manifest only together with what it names
            copyWhatIsNamed(image);
        }
    }

    private void copyWhatIsNamed(Digest image) throws RegistryException {
        CopyPlan plan = plan(image);
        context.rendezvous()
                .planned(party(), plan.blobs().stream().map(Descriptor::digest).toList());
        context.listener().planned(plan.blobs());
        new BlobQueue(context, transfer, plan.blobs()).run();
        for (Digest manifest : plan.manifests()) {
            if (!manifest.equals(image)) {
                push(manifest, manifest.toString());
            }
        }
    }

    /** What the repository lacks of an image. */
    CopyPlan plan(Digest image) throws RegistryException {
        return CopyPlan.of(context.image(), image, this::has);
    }

    /** True if the repository has the manifest. */
    boolean has(Digest manifest) throws RegistryException {
        if (complete.contains(manifest)) {
            return true;
        }
        boolean has =
                context.client().digestForPush(repository, manifest.toString()).isPresent();
        if (has) {
            complete.add(manifest);
            shown.add(manifest);
        }
        return has;
    }

    /**
     * Pushes a manifest byte for byte.
     *
     * @param reference tag or digest to push it as
     * @return true if the registry lists it among its subject's referrers
     */
    boolean push(Digest manifest, String reference) throws RegistryException {
        SourceImage.Document document = context.image().document(manifest);
        boolean listed = push(document, reference);
        complete.add(manifest);
        return listed;
    }

    /**
     * Pushes any manifest. Ends, since what the registry said to have and misses is sent once.
     *
     * @return true if the registry lists it among its subject's referrers
     */
    boolean push(SourceImage.Document document, String reference) throws RegistryException {
        while (true) {
            try {
                return context.client()
                        .putManifest(repository, reference, document.manifest().mediaType(), document.content());
            } catch (RegistryException e) {
                if (!mayMissContent(e) || !sendUnsent(document, saysContentIsMissing(e))) {
                    throw e;
                }
            }
        }
    }

    /**
     * Sends what the manifest names and the repository said to have, and does not have after all.
     *
     * @param isCertain content is missing by the registry's own word
     * @return true if there was anything to send
     */
    private boolean sendUnsent(SourceImage.Document document, boolean isCertain) throws RegistryException {
        Digest own = document.content().digest();
        if (shown.remove(own)) { // so that nothing of it was copied
            LOG.debug("{} claimed to have {} but does not: copying it in full", repository, own);
            copyWhatIsNamed(own);
            return true;
        }
        boolean sent = sendShown(document.manifest().manifests());
        return transfer.uploadUnsent(document.manifest(), isCertain) || sent;
    }

    private boolean sendShown(List<Descriptor> children) throws RegistryException {
        List<Descriptor> claimed = children.stream()
                .filter(child -> shown.contains(child.digest()))
                .toList();
        List<Descriptor> lacking = new ArrayList<>();
        for (Descriptor child : claimed) {
            if (context.client()
                    .digestForPush(repository, child.digest().toString())
                    .isEmpty()) {
                lacking.add(child);
            }
        }
        // a registry that has all of them by its own word, and yet misses one, is not believed at all
        for (Descriptor child : lacking.isEmpty() ? claimed : lacking) {
            sendAfterAll(child);
        }
        return !claimed.isEmpty();
    }

    private void sendAfterAll(Descriptor child) throws RegistryException {
        if (!shown.remove(child.digest())) {
            return; // named twice
        }
        LOG.debug("{} claimed to have {} but does not: pushing it", repository, child.digest());
        if (context.image().child(child) == null) {
            transfer.transfer(child);
        } else {
            copyWhatIsNamed(child.digest());
            push(child.digest(), child.digest().toString());
        }
    }

    private static boolean saysContentIsMissing(RegistryException e) {
        return e.kind() == ErrorKind.TEMPORARY;
    }

    /** Registries have many words for content that they miss. What is sent in vain is sent once. */
    private static boolean mayMissContent(RegistryException e) {
        boolean ofRequest = e.status() >= 400 && e.status() < 500 && !NOT_OF_CONTENT.contains(e.status());
        return ofRequest && !e.isThrottled() && !e.isTokenFailure() && e.kind() != ErrorKind.IMMUTABLE_TAG;
    }

    /** Pushes the image's manifest as {@code tag}; a tag that cannot change but has the digest already will do. */
    void tag(Digest image, String tag) throws RegistryException {
        try {
            push(image, tag);
        } catch (RegistryException e) {
            boolean done = e.kind() == ErrorKind.IMMUTABLE_TAG
                    && context.client().digest(repository, tag).equals(Optional.of(image));
            if (!done) {
                throw e;
            }
        }
    }
}
