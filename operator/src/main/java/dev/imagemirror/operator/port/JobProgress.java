package dev.imagemirror.operator.port;

import dev.imagemirror.operator.domain.CopyJob;

/**
 * How far a job is. Bytes are those of distinct blobs, counted once however many destinations need them.
 *
 * @param job as its queue shows it
 * @param blobs blobs that some destination may need, as far as is known by now
 * @param blobsDone those that some destination has
 * @param bytes size of all
 * @param bytesDone how much of that is done
 * @param destinations how many there are, or {@link #UNKNOWN}
 * @param destinationsDone how many have ended, well or not, or {@link #UNKNOWN}
 */
public record JobProgress(
        CopyJob job, int blobs, int blobsDone, long bytes, long bytesDone, int destinations, int destinationsDone) {
    /** A number that nobody knows here. */
    public static final int UNKNOWN = -1;
}
