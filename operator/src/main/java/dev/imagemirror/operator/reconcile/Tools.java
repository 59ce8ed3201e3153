package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.ClaimedCopy;
import dev.imagemirror.operator.claim.JobFollower;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.port.Ports;
import java.time.Duration;
import java.util.function.IntFunction;

/**
 * What every pass uses.
 *
 * @param ports the world
 * @param settings how to go about it
 * @param index all entries
 * @param admission limits on jobs
 * @param follower of jobs that were claimed before
 * @param expander of tag selections
 * @param observer of registries
 * @param hindrances of copies
 * @param copies claims and submits
 * @param recorder of changes
 * @param retirement of pairs that are wanted no longer
 * @param backoff delay after so many failures
 */
record Tools(
        Ports ports,
        ReconcilerSettings settings,
        EntryIndex index,
        Admission admission,
        JobFollower follower,
        TagExpander expander,
        PairObserver observer,
        Hindrances hindrances,
        ClaimedCopy copies,
        StatusRecorder recorder,
        Retirement retirement,
        IntFunction<Duration> backoff) {}
