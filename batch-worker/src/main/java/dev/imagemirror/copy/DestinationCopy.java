package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the tags of one destination repository up to date: compare, copy the content, set the tags last. Used once. */
final class DestinationCopy {
    private final CopyContext context;
    private final Repository repository;
    private final List<ImageReference> destinations;
    private final TransferCounts counts = new TransferCounts();
    private final RepositoryCopy copy;

    /** @param destinations tags of one repository, at least one */
    DestinationCopy(CopyContext context, List<ImageReference> destinations) {
        this.context = context;
        this.destinations = destinations;
        ImageReference first = destinations.get(0);
        this.repository = new Repository(first.registry(), first.repository());
        this.copy = new RepositoryCopy(context, repository, counts);
    }

    /** By this the destination is known at the {@link Rendezvous}. */
    Object party() {
        return copy.party();
    }

    /** Makes the destinations equal to {@code image}; what fails is in the reports. */
    List<DestinationReport> run(Digest image, boolean referrers, boolean dryRun) {
        try {
            List<Tag> tags = new ArrayList<>();
            for (ImageReference destination : destinations) {
                tags.add(compare(destination, dryRun));
            }
            RegistryException failure = copyContent(tags, image, referrers, dryRun);
            List<DestinationReport> reports = new ArrayList<>();
            for (Tag tag : tags) {
                boolean concerned = referrers || tag.isDrifted(image);
                reports.add(finish(tag, image, concerned ? failure : null, dryRun));
            }
            return reports;
        } finally {
            context.rendezvous().leave(party());
        }
    }

    /**
     * A destination's tag before the copy.
     *
     * @param digest what it has, if anything
     * @param error why that could not be found out
     */
    private record Tag(
            ImageReference destination,
            @Nullable Digest digest,
            @Nullable RegistryException error) {
        boolean isDrifted(Digest image) {
            return error == null && !image.equals(digest);
        }
    }

    /** Without a push to follow, nothing but the registry's answer says whether there is access. */
    private Tag compare(ImageReference destination, boolean dryRun) {
        try {
            String tag = Objects.requireNonNull(destination.tag(), "checked by CopyRequest");
            Optional<Digest> digest = dryRun
                    ? context.client().digest(repository, tag)
                    : context.client().digestForPush(repository, tag);
            return new Tag(destination, digest.orElse(null), null);
        } catch (RegistryException e) {
            return new Tag(destination, null, e);
        } catch (RuntimeException | Error e) {
            return new Tag(destination, null, internal(e));
        }
    }

    /** The failure that all drifted tags share, and the others too if they want referrers. */
    private @Nullable RegistryException copyContent(List<Tag> tags, Digest image, boolean referrers, boolean dryRun) {
        boolean drifted = tags.stream().anyMatch(tag -> tag.isDrifted(image));
        boolean reachable = tags.stream().anyMatch(tag -> tag.error() == null);
        try {
            if (dryRun) {
                if (drifted) {
                    measure(image);
                }
                return null;
            }
            if (referrers && reachable) {
                // by digest first, so that nobody sees the tag before the signatures
                copy.copyByDigest(image);
                new ReferrerCopy(context, repository, copy).run(image);
            } else if (drifted) {
                copy.copyContent(image);
            }
            return null;
        } catch (RegistryException e) {
            return e;
        } catch (RuntimeException | Error e) {
            return internal(e);
        }
    }

    private void measure(Digest image) throws RegistryException {
        for (Descriptor blob : copy.plan(image).blobs()) {
            boolean has = context.client().hasBlob(repository, blob.digest());
            (has ? counts.present : counts.uploaded).addAndGet(blob.size());
        }
    }

    private DestinationReport finish(Tag tag, Digest image, @Nullable RegistryException failure, boolean dryRun) {
        DestinationReport report = outcome(tag, image, failure, dryRun);
        context.listener().destinationDone(report);
        return report;
    }

    private DestinationReport outcome(Tag tag, Digest image, @Nullable RegistryException failure, boolean dryRun) {
        RegistryException error = tag.error() != null ? tag.error() : failure;
        if (error != null) {
            return failed(tag, error);
        }
        if (!tag.isDrifted(image)) {
            return report(tag, Outcome.PRESENT, image, null);
        }
        if (dryRun) {
            return report(tag, Outcome.PLANNED, tag.digest(), null);
        }
        try {
            copy.tag(image, Objects.requireNonNull(tag.destination().tag(), "checked by CopyRequest"));
            return report(tag, Outcome.COPIED, image, null);
        } catch (RegistryException e) {
            return failed(tag, e);
        } catch (RuntimeException | Error e) {
            return failed(tag, internal(e));
        }
    }

    private DestinationReport failed(Tag tag, RegistryException error) {
        return report(tag, Outcome.FAILED, tag.digest(), error);
    }

    private DestinationReport report(
            Tag tag, Outcome outcome, @Nullable Digest digest, @Nullable RegistryException error) {
        return new DestinationReport(
                tag.destination(),
                outcome,
                digest,
                counts.report(repository.requests()),
                DestinationReport.Failure.of(error));
    }

    static RegistryException internal(Throwable e) {
        return new RegistryException(ErrorKind.INTERNAL, "internal error; please report it: " + e, e);
    }
}
