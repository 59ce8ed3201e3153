package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.ClaimLedger;
import dev.imagemirror.operator.claim.JobFollower;
import dev.imagemirror.operator.claim.JobOutcome;
import dev.imagemirror.operator.claim.LogContext;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.StaleException;
import dev.imagemirror.operator.port.StatusTable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retires unwanted pairs: terminates their jobs, then removes their status. Deletes nothing at a destination. */
final class Retirement {
    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final StatusTable statuses;
    private final JobFollower follower;
    private final ClaimLedger ledger;
    private final Admission admission;
    private final EntryIndex index;
    private final Consumer<EntryKey> enqueue;

    /** @param enqueue enqueues an entry that may have waited for a destination */
    Retirement(
            StatusTable statuses,
            JobFollower follower,
            ClaimLedger ledger,
            Admission admission,
            EntryIndex index,
            Consumer<EntryKey> enqueue) {
        this.statuses = statuses;
        this.follower = follower;
        this.ledger = ledger;
        this.admission = admission;
        this.index = index;
        this.enqueue = enqueue;
    }

    /** Retires an entry whose row is gone. */
    ReconcileResult retire(EntryRecords records) {
        Optional<Duration> wait = retire(records.pairs(), follower.follow(records.pairs(), claimed -> false));
        if (wait.isPresent()) {
            return ReconcileResult.requeueAfter(wait.get());
        }
        boolean isKept = records.refused().summary();
        if (!isKept && records.entry().version() > 0 && !statuses.remove(records.entry())) {
            throw new StaleException("the summary of " + records.entry().key());
        }
        admission.leave(records.entry().key());
        return ReconcileResult.DONE;
    }

    /**
     * Retires unwanted pairs.
     *
     * @param followed the outcome of their claims in this pass
     * @return when to check again for jobs that have not ended or may still appear; empty if all are gone
     */
    Optional<Duration> retire(Collection<PairStatus> pairs, Map<ImageReference, JobOutcome> followed) {
        endJobs(pairs, followed);
        WakeUp wake = new WakeUp();
        for (PairStatus pair : pairs) {
            JobOutcome job = followed.get(pair.identity());
            if (job instanceof JobOutcome.Live live) {
                wake.within(live.wakeAfter());
            } else {
                PairStatus free = job == null ? pair : release(job.pair());
                follower.watch(free).ifPresentOrElse(wake::within, () -> remove(free));
            }
        }
        return wake.earliest();
    }

    /** A job keeps running as long as one of its pairs is wanted. */
    private void endJobs(Collection<PairStatus> pairs, Map<ImageReference, JobOutcome> followed) {
        Set<String> unwanted = pairs.stream()
                .map(pair -> followed.get(pair.identity()))
                .filter(JobOutcome.Live.class::isInstance)
                .map(live -> live.pair().liveClaim())
                .filter(claim -> isUnwanted(claim.job().parameters().getOrDefault(CopyJobSpec.DESTINATIONS, ""), pairs))
                .map(Claim::jobId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        unwanted.forEach(job -> follower.end(job, "the mirror entry was removed"));
    }

    private static boolean isUnwanted(String destinations, Collection<PairStatus> pairs) {
        Set<ImageReference> gone = pairs.stream().map(PairStatus::identity).collect(Collectors.toSet());
        try {
            return Stream.of(destinations.split(","))
                    .map(text -> ImageReference.parse(text).identity())
                    .allMatch(gone::contains);
        } catch (InvalidReferenceException e) {
            return false; // the claim was edited by hand: its job ends by itself
        }
    }

    private PairStatus release(PairStatus pair) {
        Claim claim = pair.claim();
        if (claim == null) {
            return pair;
        }
        PairStatus free = follower.released(pair);
        if (!ledger.end(claim, List.of(free))) {
            throw new StaleException(pair.destination().toString());
        }
        return free.at(free.version() + 1);
    }

    private void remove(PairStatus pair) {
        if (!statuses.remove(pair)) {
            throw new StaleException(pair.destination().toString());
        }
        LogContext.of(pair, () -> LOG.info("{} is no longer a destination", pair.destination()));
        index.feeding(pair.destination()).forEach(enqueue);
    }
}
