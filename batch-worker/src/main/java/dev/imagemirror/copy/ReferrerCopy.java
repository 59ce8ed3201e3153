package dev.imagemirror.copy;

import dev.imagemirror.image.CosignTags;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what refers to an image: referrers (OCI distribution specification 1.1) of the image, of its platforms and of
 * the referrers themselves, and cosign's tags.
 */
final class ReferrerCopy {
    private static final Logger LOG = LoggerFactory.getLogger(ReferrerCopy.class);

    private static final int MAX_DOCUMENTS = 10_000;

    private final CopyContext context;
    private final Repository repository;
    private final RepositoryCopy copy;
    private final FallbackIndex fallback;
    private final Deque<Digest> subjects = new ArrayDeque<>();
    private final Set<Digest> seen = new HashSet<>();

    ReferrerCopy(CopyContext context, Repository repository, RepositoryCopy copy) {
        this.context = context;
        this.repository = repository;
        this.copy = copy;
        this.fallback = new FallbackIndex(context.client(), repository, copy);
    }

    /** The image itself must be there already. */
    void run(Digest image) throws RegistryException {
        add(image);
        while (!subjects.isEmpty() && seen.size() < MAX_DOCUMENTS) {
            Digest subject = subjects.poll();
            for (Descriptor child : context.image().document(subject).manifest().manifests()) {
                if (context.image().child(child) != null) {
                    add(child.digest());
                }
            }
            copyReferrers(subject);
            copyCosignTags(subject);
        }
    }

    private void add(Digest digest) {
        if (seen.add(digest)) {
            subjects.add(digest);
        }
    }

    private void copyReferrers(Digest subject) throws RegistryException {
        int strangers = 0;
        Set<Digest> absent = new LinkedHashSet<>();
        for (Descriptor entry : context.source().referrers(subject)) {
            Digest referrer = entry.digest();
            SourceImage.Listed listed = context.image().listed(referrer, manifest -> manifest.refersTo(subject));
            if (listed.document() != null) {
                if (!copy.copyByDigest(referrer)) {
                    fallback.ensure(subject, referrer, listed.document());
                }
                add(referrer);
            } else if (listed.isThere()) {
                strangers++;
            } else {
                absent.add(referrer);
            }
        }
        warn(subject, strangers, absent);
    }

    private void warn(Digest subject, int strangers, Set<Digest> absent) {
        if (strangers > 0) {
            LOG.warn(
                    "{}@{}: skipping {} referrers whose subject is another image",
                    context.source().origin(),
                    subject,
                    strangers);
        }
        if (!absent.isEmpty()) {
            LOG.warn(
                    "{}@{}: skipping {} referrers that do not exist in the source, such as {};"
                            + " push them to the source again",
                    context.source().origin(),
                    subject,
                    absent.size(),
                    absent.iterator().next());
        }
    }

    private void copyCosignTags(Digest subject) throws RegistryException {
        for (String tag : CosignTags.of(subject)) {
            Optional<Digest> found = context.source().find(tag);
            if (found.isEmpty() || found.equals(context.client().digest(repository, tag))) {
                continue;
            }
            Digest signature = found.get();
            SourceImage.Listed tagged = context.image().listed(signature, CosignTags::mayHold);
            if (signature.equals(subject) || tagged.document() == null) {
                String fault = tagged.isThere()
                        ? "is not a cosign artifact"
                        : "points to " + signature + ", which does not exist in the source,";
                LOG.warn("{}:{} {} and is not copied", context.source().origin(), tag, fault);
                continue;
            }
            copy.copyContent(signature);
            copy.tag(signature, tag);
        }
    }
}
