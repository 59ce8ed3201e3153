package dev.imagemirror.copy;

import dev.imagemirror.image.Digest;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows which destinations may still want to share a read of a blob, so that the read begins when all have decided and
 * not before. Nobody is waited for longer than a moment, and who was waited for in vain once is not waited for again.
 * Thread-safe.
 */
final class Rendezvous {
    /** What is known of one destination. */
    private static final class Party {
        /** Blobs that it has not decided about; null while it is still planning, when it may want any. */
        private @Nullable Set<Digest> undecided;

        private int transfers;
    }

    private final Map<Object, Party> parties = new HashMap<>();
    private final long patienceNanos;
    private final long patienceWithBusyNanos;
    private final LongSupplier nanoTime;

    /**
     * @param patience how long an idle destination is waited for
     * @param patienceWithBusy how long one is waited for that is transferring other blobs meanwhile
     * @param nanoTime a monotonic clock
     */
    Rendezvous(Duration patience, Duration patienceWithBusy, LongSupplier nanoTime) {
        patienceNanos = patience.toNanos();
        patienceWithBusyNanos = patienceWithBusy.toNanos();
        this.nanoTime = nanoTime;
    }

    /** The destination takes part and may want any blob. */
    synchronized void enter(Object destination) {
        parties.put(destination, new Party());
    }

    /** The destination has made a plan: these are the blobs that it may want. */
    synchronized void planned(Object destination, Collection<Digest> blobs) {
        Party party = parties.get(destination);
        if (party != null) {
            if (party.undecided == null) {
                party.undecided = new HashSet<>();
            }
            party.undecided.addAll(blobs);
            notifyAll();
        }
    }

    /** The destination wants the blob and has asked for it, has it already, or gets it some other way. */
    synchronized void decided(Object destination, Digest blob) {
        Party party = parties.get(destination);
        if (party != null && party.undecided != null) {
            party.undecided.remove(blob);
            notifyAll();
        }
    }

    /** A shared read failed, and the destination may come back to share another. */
    synchronized void undecided(Object destination, Digest blob) {
        Party party = parties.get(destination);
        if (party != null && party.undecided != null) {
            party.undecided.add(blob);
        }
    }

    /** The destination begins ({@code 1}) or ends ({@code -1}) a transfer. */
    synchronized void transferring(Object destination, int change) {
        Party party = parties.get(destination);
        if (party != null) {
            party.transfers += change;
        }
    }

    /** The destination wants nothing more. */
    synchronized void leave(Object destination) {
        parties.remove(destination);
        notifyAll();
    }

    /** Waits until every destination has decided about the blob, or has been waited for long enough. */
    synchronized void await(Digest blob) throws InterruptedException {
        long start = nanoTime.getAsLong();
        while (true) {
            long waited = nanoTime.getAsLong() - start;
            parties.values().removeIf(party -> isUndecided(party, blob) && waited >= patience(party));
            long next = parties.values().stream()
                    .filter(party -> isUndecided(party, blob))
                    .mapToLong(this::patience)
                    .min()
                    .orElse(0);
            if (next == 0) {
                return;
            }
            wait(Math.max(1, (next - waited) / 1_000_000));
        }
    }

    private long patience(Party party) {
        return party.transfers > 0 ? patienceWithBusyNanos : patienceNanos;
    }

    private static boolean isUndecided(Party party, Digest blob) {
        return party.undecided == null || party.undecided.contains(blob);
    }
}
