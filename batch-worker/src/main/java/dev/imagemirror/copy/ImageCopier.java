package dev.imagemirror.copy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.thread.DaemonThreads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Copies one image to any number of destinations, bit for bit, reading every blob from the source once.
 *
 * <p>The order that keeps every destination whole: blobs, child manifests by digest, the tag last. Thread-safe; each
 * copy has its own threads.
 */
public final class ImageCopier {
    private final RegistryClient client;
    private final RegistryMirrors mirrors;
    private final CopySettings settings;

    /** A copier over {@code client}, which stays the caller's to close. */
    public ImageCopier(RegistryClient client, RegistryMirrors mirrors, CopySettings settings) {
        this.client = client;
        this.mirrors = mirrors;
        this.settings = settings;
    }

    /**
     * Copies and reports; never throws for what a registry did. Interrupting the calling thread stops the copy, which
     * then reports what is not done as temporary.
     */
    public CopyReport copy(CopyRequest request, CopyListener listener) {
        SourceRepository source = new SourceRepository(client, mirrors.placesOf(request.source()));
        Digest image;
        try {
            image = source.resolve(request.sourceReference());
        } catch (RegistryException e) {
            return unresolved(request, source, e, listener);
        } catch (RuntimeException e) {
            return unresolved(request, source, DestinationCopy.internal(e), listener);
        }
        listener.resolved(request.source(), image);
        List<DestinationReport> reports = copyTo(request, source, image, listener);
        return new CopyReport(request.source(), image, source.bytes(), source.requests(), reports);
    }

    private List<DestinationReport> copyTo(
            CopyRequest request, SourceRepository source, Digest image, CopyListener listener) {
        ExecutorService executor = Executors.newCachedThreadPool(new DaemonThreads("copy"));
        try {
            CopyContext context = context(source, listener, executor);
            List<DestinationCopy> copies = byRepository(request.destinations()).stream()
                    .map(tags -> new DestinationCopy(context, tags))
                    .toList();
            copies.forEach(copy -> context.rendezvous().enter(copy.party()));
            List<Future<List<DestinationReport>>> running = copies.stream()
                    .map(copy -> executor.submit(() -> copy.run(image, request.referrers(), request.dryRun())))
                    .toList();
            return inOrder(request.destinations(), collect(running, executor));
        } finally {
            executor.shutdownNow();
        }
    }

    private CopyContext context(SourceRepository source, CopyListener listener, ExecutorService executor) {
        Rendezvous rendezvous = new Rendezvous(settings.patience(), settings.patienceWithBusy(), System::nanoTime);
        BlobBroadcasts broadcasts = new BlobBroadcasts(source, rendezvous, settings, listener, executor);
        SourceImage image = new SourceImage(source);
        return new CopyContext(
                client, source, image, broadcasts, rendezvous, new MountHolders(), settings, listener, executor);
    }

    private static Collection<List<ImageReference>> byRepository(List<ImageReference> destinations) {
        return destinations.stream()
                .distinct()
                .collect(Collectors.groupingBy(ImageReference::name, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private static List<DestinationReport> collect(
            List<Future<List<DestinationReport>>> running, ExecutorService executor) {
        List<DestinationReport> reports = new ArrayList<>();
        for (Future<List<DestinationReport>> copy : running) {
            reports.addAll(result(copy, executor));
        }
        return reports;
    }

    /** Interrupted, it stops all copies, which still report, and then keeps the interrupt for the caller. */
    private static List<DestinationReport> result(Future<List<DestinationReport>> copy, ExecutorService executor) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return copy.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    executor.shutdownNow();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a destination did not report", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<DestinationReport> inOrder(List<ImageReference> destinations, List<DestinationReport> reports) {
        Map<ImageReference, DestinationReport> byDestination =
                reports.stream().collect(Collectors.toMap(DestinationReport::destination, Function.identity()));
        return destinations.stream().map(byDestination::get).toList();
    }

    private static CopyReport unresolved(
            CopyRequest request, SourceRepository source, RegistryException error, CopyListener listener) {
        DestinationReport.Transfer nothing = new DestinationReport.Transfer(0, 0, 0, 0);
        List<DestinationReport> reports = request.destinations().stream()
                .map(destination -> new DestinationReport(
                        destination, Outcome.FAILED, null, nothing, DestinationReport.Failure.of(error)))
                .toList();
        reports.forEach(listener::destinationDone);
        return new CopyReport(request.source(), null, 0, source.requests(), reports);
    }
}
