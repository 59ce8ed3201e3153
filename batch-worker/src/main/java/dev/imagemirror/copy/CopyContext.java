package dev.imagemirror.copy;

import dev.imagemirror.registry.RegistryClient;
import java.util.concurrent.ExecutorService;

/**
 * What the destinations of one copy share. Thread-safe, like its parts.
 *
 * @param client for every registry
 * @param source the repository to read from
 * @param image the source's manifests
 * @param broadcasts shared reads of blobs
 * @param rendezvous when they begin
 * @param mounts what can be mounted
 * @param settings use of time and memory
 * @param listener hears of progress
 * @param executor for destinations, their transfers and the shared reads; never refuses a task for want of threads
 */
record CopyContext(
        RegistryClient client,
        SourceRepository source,
        SourceImage image,
        BlobBroadcasts broadcasts,
        Rendezvous rendezvous,
        MountHolders mounts,
        CopySettings settings,
        CopyListener listener,
        ExecutorService executor) {}
