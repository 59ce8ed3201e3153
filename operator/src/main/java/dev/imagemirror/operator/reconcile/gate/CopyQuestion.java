package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.domain.decision.DriftCalculator;
import dev.imagemirror.operator.domain.decision.Observation;
import dev.imagemirror.operator.domain.entry.EntryOptions;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * May this pair, which has no live claim, be copied now?
 *
 * @param status of the pair, after its last job has been judged
 * @param seen what the pass observed
 * @param options the entry's
 * @param tag how long the source tag has had its digest, if that matters
 * @param triesAll an immediate retry was requested: failures are ignored
 * @param now the pass's instant
 */
public record CopyQuestion(
        PairStatus status,
        Observation seen,
        EntryOptions options,
        @Nullable SourceTag tag,
        boolean triesAll,
        Instant now) {
    /** The observed drift. */
    public Drift drift() {
        return DriftCalculator.of(seen);
    }

    /** The source digest; it has been observed if no gate is closed. */
    public Digest sourceDigest() {
        return Objects.requireNonNull(seen.sourceDigest(), "a pair without a source digest is not copied");
    }

    Pair pair() {
        return status.pair();
    }
}
