package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.Manifest;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets blobs into one destination repository: there already, mounted, or uploaded from a shared read, in this order.
 * Thread-safe.
 */
final class BlobTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(BlobTransfer.class);

    /** Each begins after requests and downloads have been tried again by themselves. */
    private static final int MAX_UPLOADS = 3;

    private final CopyContext context;
    private final Repository repository;
    private final TransferCounts counts;

    /** What the repository said to have or to have mounted, and the count that it went into. */
    private final Map<Digest, AtomicLong> unsent = new ConcurrentHashMap<>();

    BlobTransfer(CopyContext context, Repository repository, TransferCounts counts) {
        this.context = context;
        this.repository = repository;
        this.counts = counts;
    }

    /** Makes sure that the repository has the blob. */
    void transfer(Descriptor blob) throws RegistryException {
        try {
            if (client().hasBlob(repository, blob.digest())) {
                notSent(blob, counts.present);
            } else {
                mountOrUpload(blob);
            }
            context.mounts().has(repository, blob.digest());
            context.listener().blobDone(blob, repository.toString());
        } catch (RegistryException e) {
            throw e.kind() == ErrorKind.INCOMPLETE_SOURCE
                    ? e.as(ErrorKind.INCOMPLETE_SOURCE, context.image().lacking(blob.digest()))
                    : e;
        } finally {
            context.mounts().failed(repository, blob.digest());
            context.rendezvous().decided(this, blob.digest());
        }
    }

    private void notSent(Descriptor blob, AtomicLong count) {
        count.addAndGet(blob.size());
        unsent.put(blob.digest(), count);
    }

    private void mountOrUpload(Descriptor blob) throws RegistryException {
        Optional<String> from = mountSource(blob.digest());
        Optional<URI> session = from.isPresent()
                ? mount(blob.digest(), from.get())
                : Optional.of(client().startUpload(repository, blob.digest()));
        if (session.isPresent()) {
            upload(blob, session.get());
        } else {
            notSent(blob, counts.mounted);
        }
    }

    private Optional<String> mountSource(Digest blob) throws RegistryException {
        Repository origin = context.source().origin();
        if (context.mounts().isRefusing(repository.registry())) {
            return Optional.empty();
        }
        if (origin.registry().equals(repository.registry()) && !origin.path().equals(repository.path())) {
            return Optional.of(origin.path());
        }
        if (context.mounts().mustWait(repository, blob)) {
            // it comes by a mount, most likely; nobody else shall wait for this destination to share a read
            context.rendezvous().decided(this, blob);
        }
        try {
            return Optional.ofNullable(context.mounts().holderOrClaim(repository, blob));
        } catch (InterruptedException e) {
            throw Interruption.asError(e);
        }
    }

    /** The upload session that a registry opens instead of mounting; empty if it mounted. */
    private Optional<URI> mount(Digest blob, String from) throws RegistryException {
        Optional<URI> session = client().mountOrStartUpload(repository, blob, from);
        if (session.isPresent()) {
            context.mounts().refuses(repository.registry());
        }
        return session;
    }

    /**
     * Uploads what the manifest names and the registry said to have, or to have mounted, and does not have after all.
     *
     * @param isCertain content is missing by the registry's own word: if it denies none of it, nothing that it said to have
     *     is believed; otherwise only mounts are not, since the refusal may have another cause
     * @return true if there was anything to upload
     */
    boolean uploadUnsent(Manifest manifest, boolean isCertain) throws RegistryException {
        List<Descriptor> claimed = Stream.concat(manifest.blobs().stream(), manifest.manifests().stream())
                .filter(content -> unsent.containsKey(content.digest()))
                .toList();
        List<Descriptor> lacking = new ArrayList<>();
        for (Descriptor blob : claimed) {
            if (!client().hasBlob(repository, blob.digest())) {
                lacking.add(blob);
            }
        }
        List<Descriptor> doubtful = claimed.stream()
                .filter(blob -> isCertain || unsent.get(blob.digest()) == counts.mounted)
                .toList();
        List<Descriptor> wanted = lacking.isEmpty() ? doubtful : lacking;
        for (Descriptor blob : wanted) {
            uploadAfterAll(blob);
        }
        return !wanted.isEmpty();
    }

    private void uploadAfterAll(Descriptor blob) throws RegistryException {
        AtomicLong count = unsent.remove(blob.digest());
        if (count == null) {
            return; // named twice
        }
        LOG.debug("{} claimed to have {} but does not: uploading it", repository, blob.digest());
        if (count == counts.mounted) {
            context.mounts().refuses(repository.registry());
        }
        count.addAndGet(-blob.size());
        upload(blob, client().startUpload(repository, blob.digest()));
    }

    /** Uploads, beginning anew in a new session when a connection breaks or data arrive altered. */
    private void upload(Descriptor blob, URI firstSession) throws RegistryException {
        URI session = firstSession;
        for (int failures = 1; ; failures++) {
            try {
                send(blob, session);
                return;
            } catch (RegistryException e) {
                abandon(session);
                boolean lasting = e.kind() != ErrorKind.TEMPORARY || failures >= MAX_UPLOADS;
                if (lasting || !context.settings().retryPolicy().pause(failures, e)) {
                    throw e;
                }
                LOG.debug("restarting upload of {} to {}: {}", blob.digest(), repository, e.getMessage());
                session = client().startUpload(repository, blob.digest());
            }
        }
    }

    private void send(Descriptor blob, URI session) throws RegistryException {
        try (BlobSubscription bytes =
                context.broadcasts().subscribe(this, blob, count -> counts.uploaded.addAndGet(count))) {
            bytes.awaitStart();
            context.rendezvous().transferring(this, 1);
            try {
                client().putBlob(repository, session, blob, bytes);
            } finally {
                context.rendezvous().transferring(this, -1);
            }
        }
    }

    private void abandon(URI session) {
        try {
            client().abandonUpload(repository, session);
        } catch (RegistryException e) {
            LOG.debug("cannot cancel an upload to {}: {}", repository, e.getMessage());
        }
    }

    private RegistryClient client() {
        return context.client();
    }
}
