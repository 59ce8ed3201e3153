package dev.imagemirror.operator.port;

import dev.imagemirror.operator.domain.CopyJob;

/**
 * Progress of a job. Bytes count each distinct blob once, however many destinations need it.
 *
 * @param job as reported by its queue
 * @param blobs blobs that some destination may need, as known so far
 * @param blobsDone blobs that some destination has
 * @param bytes total size
 * @param bytesDone bytes done
 * @param destinations number of destinations, or {@link #UNKNOWN}
 * @param destinationsDone destinations finished, successfully or not, or {@link #UNKNOWN}
 */
public record JobProgress(
        CopyJob job, int blobs, int blobsDone, long bytes, long bytesDone, int destinations, int destinationsDone) {
    /** An unknown number. */
    public static final int UNKNOWN = -1;
}
