package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.ErrorKind;
import dev.imagemirror.registry.RegistryException;
import dev.imagemirror.registry.Repository;
import java.util.HashSet;
import java.util.Set;

/** Puts images into one repository: blobs, then the manifests that name them. Used by one thread. */
final class RepositoryCopy {
    /** Of errors with these statuses only those that say that content is unknown are worth another try. */
    private static final Set<Integer> MISSING_CONTENT = Set.of(400, 404, 409, 412, 422);

    private final CopyContext context;
    private final Repository repository;
    private final BlobTransfer transfer;
    private final Set<Digest> complete = new HashSet<>();

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
        if (has(image)) {
            return; // registries keep a manifest only together with what it names
        }
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
        boolean has = context.client().digestForPush(repository, manifest.toString()) != null;
        if (has) {
            complete.add(manifest);
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
        boolean listed = put(document, reference);
        complete.add(manifest);
        return listed;
    }

    /** Ends, since each blob that the registry said to have and misses is uploaded once. */
    private boolean put(SourceImage.Document document, String reference) throws RegistryException {
        while (true) {
            try {
                return context.client()
                        .putManifest(repository, reference, document.manifest().mediaType(), document.content());
            } catch (RegistryException e) {
                if (!saysContentIsMissing(e) || !transfer.uploadUnsent(document.manifest())) {
                    throw e;
                }
            }
        }
    }

    private static boolean saysContentIsMissing(RegistryException e) {
        return e.kind() == ErrorKind.TEMPORARY && MISSING_CONTENT.contains(e.status());
    }

    /** Pushes the image's manifest as {@code tag}; a tag that cannot change but has the digest already will do. */
    void tag(Digest image, String tag) throws RegistryException {
        try {
            push(image, tag);
        } catch (RegistryException e) {
            boolean done = e.kind() == ErrorKind.IMMUTABLE_TAG
                    && image.equals(context.client().digest(repository, tag));
            if (!done) {
                throw e;
            }
        }
    }
}
