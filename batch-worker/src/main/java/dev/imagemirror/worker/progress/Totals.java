package dev.imagemirror.worker.progress;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Adds up a copy's progress over its distinct blobs. Thread-safe. */
final class Totals {
    /**
     * @param blobs distinct blobs that some destination may need
     * @param blobsDone those that have been read or were found present
     * @param bytes size of all
     * @param bytesDone how much of that is done
     */
    record Snapshot(int blobs, int blobsDone, long bytes, long bytesDone) {}

    private final Map<Digest, Long> sizes = new HashMap<>();
    private final Map<Digest, Long> read = new HashMap<>();
    private final Set<Digest> done = new HashSet<>();

    synchronized void planned(Collection<Descriptor> blobs) {
        blobs.forEach(blob -> sizes.putIfAbsent(blob.digest(), blob.size()));
    }

    synchronized void started(Descriptor blob) {
        read.put(blob.digest(), 0L);
    }

    synchronized void progress(Descriptor blob, long bytes) {
        read.merge(blob.digest(), bytes, Long::sum);
    }

    synchronized void done(Descriptor blob) {
        done.add(blob.digest());
    }

    synchronized Snapshot snapshot() {
        int blobsDone = 0;
        long bytes = 0;
        long bytesDone = 0;
        for (Map.Entry<Digest, Long> blob : sizes.entrySet()) {
            long size = blob.getValue();
            // a read is more telling than what other destinations have: someone needs the blob
            Long bytesRead = read.get(blob.getKey());
            boolean isDone = bytesRead == null ? done.contains(blob.getKey()) : bytesRead >= size;
            blobsDone += isDone ? 1 : 0;
            bytes += size;
            bytesDone += isDone ? size : bytesRead == null ? 0 : bytesRead;
        }
        return new Snapshot(sizes.size(), blobsDone, bytes, bytesDone);
    }
}
