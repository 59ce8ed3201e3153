package dev.imagemirror.operator.domain.decision;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an ended job means for one of its pairs, given a new observation. Only the observation tells whether the copy
 * worked; the job's report tells what to do if it did not. Pure.
 */
public final class JobVerdict {
    /** How long to leave a blocked pair alone. */
    public static final Duration BLOCKED_RETRY = Duration.ofHours(6);

    private static final int MAX_DIVERGENCES = 3;

    private final JobEnd end;
    private final Duration startLimit;
    private final IntFunction<Duration> backoff;
    private final Instant now;

    /**
     * @param end how the job ended
     * @param startLimit a job not started within this is stuck
     * @param backoff delay by number of failures
     * @param now the pass's instant
     */
    public JobVerdict(JobEnd end, Duration startLimit, IntFunction<Duration> backoff, Instant now) {
        this.end = end;
        this.startLimit = startLimit;
        this.backoff = backoff;
        this.now = now;
    }

    /** The pair without its claim: history and failures updated and, during a backoff, the state that explains it. */
    public PairStatus on(PairStatus pair, Observation seen) {
        CopyEnd copy = end.to(pair.destination());
        return pair.released(retry(pair, copy, seen), history(pair, copy), now);
    }

    /**
     * The pair without its claim when the destination is no longer observed: the job goes into the history, without a
     * verdict.
     */
    public PairStatus unseen(PairStatus pair) {
        return pair.released(pair.progress().retry(), history(pair, end.to(pair.destination())), now);
    }

    private List<CopyRecord> history(PairStatus pair, CopyEnd copy) {
        Claim claim = pair.liveClaim();
        List<CopyRecord> history = new ArrayList<>();
        history.add(new CopyRecord(claim.digest(), now, claim.jobId(), copy.word(), copy.bytes(), copy.duration()));
        history.addAll(pair.progress().history());
        return history;
    }

    /** None if the pair is in sync or the source has moved on, which makes the failure irrelevant. */
    private Retry retry(PairStatus pair, CopyEnd copy, Observation seen) {
        Digest digest = pair.liveClaim().digest();
        boolean current = digest.equals(seen.sourceDigest());
        if (DriftCalculator.of(seen) == Drift.IN_SYNC || (seen.sourceDigest() != null && !current)) {
            return Retry.NONE;
        }
        Retry before = digest.equals(pair.progress().retry().digest())
                ? pair.progress().retry()
                : new Retry(digest, 0, 0, null, null);
        boolean visible = DriftCalculator.of(seen) != Drift.UNKNOWN;
        if (copy.succeeded()) {
            return visible ? diverged(pair, before, seen) : before;
        }
        int attempts = before.attempts() + 1;
        Optional<CopyEnd.Block> block = visible ? copy.block(startLimit, now) : Optional.empty();
        Instant next = now.plus(block.isPresent() ? BLOCKED_RETRY : delay(copy, attempts));
        Retry.Cause cause = new Retry.Cause(
                block.map(CopyEnd.Block::reason).orElse(Reason.BACKOFF),
                block.map(CopyEnd.Block::words).orElseGet(() -> copy.words() + "; next attempt at " + next),
                destination(pair, seen));
        return new Retry(digest, attempts, before.divergences(), next, cause);
    }

    /** A job lost along with its queue (a local one, at a restart) says nothing about the copy. */
    private Duration delay(CopyEnd copy, int attempts) {
        return copy instanceof CopyEnd.Lost && attempts == 1 ? Duration.ZERO : backoff.apply(attempts);
    }

    /** The current digest or, if it cannot be observed, the one at submission. */
    private static @Nullable Digest destination(PairStatus pair, Observation seen) {
        boolean answered = seen.destination() instanceof Resolution.Found
                || seen.destination() instanceof Resolution.Missing
                || seen.destination() instanceof Resolution.RepositoryMissing;
        return answered ? seen.destinationDigest() : pair.seen().destination();
    }

    private Retry diverged(PairStatus pair, Retry before, Observation seen) {
        int divergences = before.divergences() + 1;
        boolean enough = divergences >= MAX_DIVERGENCES;
        Instant next = now.plus(enough ? BLOCKED_RETRY : backoff.apply(divergences));
        String what = seen.referrers() == Observation.Referrers.LACKING
                ? " lacks the image's referrers (signatures, SBOMs, attestations): does its registry support referrers?"
                : seen.destinationDigest() == null
                        ? " does not exist: something deletes it (a lifecycle rule?), or its registry does not keep it"
                        : " has another digest: something else writes to it or modifies what is pushed";
        String message = divergences + " copies of " + before.digest() + " succeeded, but " + pair.destination() + what;
        Reason reason = enough ? Reason.DIVERGING : Reason.BACKOFF;
        return new Retry(
                before.digest(),
                before.attempts(),
                divergences,
                next,
                new Retry.Cause(reason, message, seen.destinationDigest()));
    }
}
