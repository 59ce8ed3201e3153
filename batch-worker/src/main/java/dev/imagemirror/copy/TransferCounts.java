package dev.imagemirror.copy;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the blob bytes of one destination repository. Thread-safe. */
final class TransferCounts {
    final AtomicLong uploaded = new AtomicLong();
    final AtomicLong mounted = new AtomicLong();
    final AtomicLong present = new AtomicLong();

    DestinationReport.Transfer report(int requests) {
        return new DestinationReport.Transfer(uploaded.get(), mounted.get(), present.get(), requests);
    }
}
