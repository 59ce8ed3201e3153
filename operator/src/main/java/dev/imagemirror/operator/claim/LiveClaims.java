package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The known live claims: this process's own and those seen in the status table. Thread-safe. */
public final class LiveClaims {
    /**
     * A live claim.
     *
     * @param key the entry whose pairs it holds
     * @param registry the source's
     * @param jobId the job, once known
     */
    private record Live(
            EntryKey key, String registry, @Nullable String jobId) {}

    private final Map<String, Live> claims = new HashMap<>();

    /** Adds the pair's live claim, if it has one. */
    public synchronized void add(PairStatus pair) {
        Claim claim = pair.claim();
        if (claim != null) {
            add(pair, claim);
        }
    }

    private void add(PairStatus pair, Claim claim) {
        Live known = claims.get(claim.id());
        // an older read may not have the job yet
        String job = claim.jobId() == null && known != null ? known.jobId() : claim.jobId();
        claims.put(claim.id(), new Live(pair.entry(), pair.pair().source().registry(), job));
    }

    /** Synchronizes with all items of an entry: claims it no longer has were ended by someone. */
    synchronized void sync(EntryKey key, Collection<PairStatus> pairs) {
        Set<String> held = pairs.stream()
                .map(PairStatus::claim)
                .filter(Objects::nonNull)
                .map(Claim::id)
                .collect(Collectors.toSet());
        claims.entrySet().removeIf(claim -> claim.getValue().key().equals(key) && !held.contains(claim.getKey()));
        pairs.forEach(this::add);
    }

    /** Removes an ended claim; true if it was known. */
    synchronized boolean remove(String claimId) {
        return claims.remove(claimId) != null;
    }

    /** The entries with jobs in flight, by job id. */
    synchronized Map<String, EntryKey> jobs() {
        Map<String, EntryKey> jobs = new HashMap<>();
        for (Live live : claims.values()) {
            if (live.jobId() != null) {
                jobs.put(live.jobId(), live.key());
            }
        }
        return jobs;
    }

    /** The entries with this job in flight. */
    public synchronized Set<EntryKey> having(String jobId) {
        return claims.values().stream()
                .filter(live -> jobId.equals(live.jobId()))
                .map(Live::key)
                .collect(Collectors.toSet());
    }

    /** The number of live claims. */
    public synchronized int count() {
        return claims.size();
    }

    synchronized int count(String registry) {
        return (int) claims.values().stream()
                .filter(live -> live.registry().equals(registry))
                .count();
    }
}
