package dev.imagemirror.operator.local;

import dev.imagemirror.copy.CopyListener;
import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.port.JobProgress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Accumulates one copy's progress. Thread-safe. */
final class ProgressCounter implements CopyListener {
    private final Map<Digest, Long> sizes = new HashMap<>();
    private final Map<Digest, Long> read = new HashMap<>();
    private final Set<Digest> done = new HashSet<>();
    private int destinationsDone;

    @Override
    public void resolved(ImageReference source, Digest digest) {
        // adds nothing
    }

    @Override
    public synchronized void planned(Collection<Descriptor> blobs) {
        blobs.forEach(blob -> sizes.putIfAbsent(blob.digest(), blob.size()));
    }

    @Override
    public synchronized void blobStarted(Descriptor blob) {
        read.put(blob.digest(), 0L);
    }

    @Override
    public synchronized void blobProgress(Descriptor blob, long bytes) {
        read.merge(blob.digest(), bytes, Long::sum);
    }

    @Override
    public synchronized void blobDone(Descriptor blob, String repository) {
        done.add(blob.digest());
    }

    @Override
    public synchronized void destinationDone(DestinationReport report) {
        destinationsDone++;
    }

    synchronized JobProgress of(CopyJob job, int destinations) {
        long bytes = 0;
        long bytesDone = 0;
        for (Map.Entry<Digest, Long> blob : sizes.entrySet()) {
            long size = blob.getValue();
            bytes += size;
            bytesDone += done.contains(blob.getKey()) ? size : Math.min(size, read.getOrDefault(blob.getKey(), 0L));
        }
        return new JobProgress(job, sizes.size(), done.size(), bytes, bytesDone, destinations, destinationsDone);
    }
}
