package dev.imagemirror.copy;

import dev.imagemirror.registry.http.RetryPolicy;
import java.time.Duration;

/**
 * How a copy uses time and memory.
 *
 * @param blobsAtOnce blobs that each destination transfers at the same time
 * @param chunkBytes size of a buffer
 * @param chunksInFlight how many buffers a slow destination may lag behind a fast one, if there is memory for as many
 * @param patience how long a shared read waits for an idle destination before it begins
 * @param patienceWithBusy the same for a destination that is transferring other blobs meanwhile
 * @param lagTolerance how long in all a slow destination may hold up the others in one shared read
 * @param retryPolicy for uploads that have to begin anew
 */
public record CopySettings(
        int blobsAtOnce,
        int chunkBytes,
        int chunksInFlight,
        Duration patience,
        Duration patienceWithBusy,
        Duration lagTolerance,
        RetryPolicy retryPolicy) {
    /** What all buffers of one copy may take; the command has 64 MiB of heap. */
    static final int MEMORY_BYTES = 24 * 1024 * 1024;

    /** What suits most: three blobs at once, up to 2 MiB of buffers each. */
    public static CopySettings standard(RetryPolicy retryPolicy) {
        return new CopySettings(
                3, 128 * 1024, 16, Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(5), retryPolicy);
    }

    /** These settings with another number of blobs at once. */
    public CopySettings withBlobsAtOnce(int count) {
        return new CopySettings(
                count, chunkBytes, chunksInFlight, patience, patienceWithBusy, lagTolerance, retryPolicy);
    }
}
